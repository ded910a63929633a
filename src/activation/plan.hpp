// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plan: the changes that bring an environment to where a directory's toolchain wants it, as data.

#include "base/environment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

// A variable and its value; nullopt: not set.
struct Setting {
    std::string name;
    std::optional<std::string> value;
};

// What is wanted of an environment.
struct Goal {
    std::vector<Setting> variables;
    std::vector<std::string> entries;  // of PATH, the first one first
};

struct Plan {
    std::vector<Setting> expected;     // what the variables it was made for are now
    std::vector<Setting> changes;      // to variables other than PATH, GOV_STATE among them
    std::vector<std::string> dropped;  // entries of PATH to take away, the first of each
    std::vector<std::string> added;    // entries to put before all others, in this order
    std::vector<std::string> kept;     // variables that the user has changed since gov set them
};

// How `environment` gets to `goal`: what its GOV_STATE says gov did before is undone, without
// touching a variable that no longer is what gov made it, then the goal is set. An empty goal just
// leaves. A GOV_STATE that gov did not write is ignored.
Plan plan_to(const Goal& goal, const base::Environment& environment);

// How `environment` gets back to where it is once it has gone the way of `plan`, which was made for
// it.
Plan way_back(const Plan& plan, const base::Environment& environment);

// What to say of a variable in Plan::kept.
std::string describe_kept(std::string_view name);

// `environment` after `plan`.
base::Environment applied(const Plan& plan, base::Environment environment);

// An environment as the user has it: without what gov set in it. No copy where gov set nothing, so
// that it must not outlive what it is made from.
class UserEnvironment {
public:
    explicit UserEnvironment(const base::Environment& environment);

    const base::Environment& get() const noexcept { return left_ ? *left_ : given_; }

private:
    const base::Environment& given_;
    std::optional<base::Environment> left_;
};

}  // namespace gov::activation
