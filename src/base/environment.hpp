// SPDX-License-Identifier: Apache-2.0
#pragma once
// Environment: the process environment as a value, so that tests can pass their own.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::base {

class Environment {
public:
    using Map = std::map<std::string, std::string, std::less<>>;

    Environment() = default;
    explicit Environment(Map variables) : variables_{std::move(variables)} {}

    // The environment this process was started with. Entries without '=' are dropped.
    static Environment of_process();

    // The value of `name`; nullopt if it is not set (set to nothing is an empty string).
    std::optional<std::string_view> get(std::string_view name) const;
    // The value of `name`, or nothing if it is not set or empty: most variables mean the same then.
    std::optional<std::string_view> non_empty(std::string_view name) const;

    void set(std::string_view name, std::string value);
    void unset(std::string_view name);

    // "NAME=value" strings, sorted by name, for execve.
    std::vector<std::string> entries() const;

private:
    Map variables_;
};

}  // namespace gov::base
