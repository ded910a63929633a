// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProjectEnvironment: what the projects' files around a directory want of its environment, as far
// as their user trusts them.

#include "activation/dependencies.hpp"
#include "activation/plan.hpp"
#include "activation/sight.hpp"
#include "base/environment.hpp"
#include "base/error.hpp"
#include "store/places.hpp"
#include "trust/judgement.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::activation {

struct ProjectEnvironment {
    // A file that has a say: the nearest one, and while they inherit those above.
    struct Part {
        std::filesystem::path file;
        trust::Standing standing;
    };

    std::vector<Part> parts;
    std::vector<Setting> variables;
    std::vector<std::string> entries;    // for PATH, the first one first
    std::optional<base::Error> refusal;  // why all of it is left out
    std::vector<std::string> notes;      // why some of it is left out
};

// What holds where `sight` is in sight. `goroot`: of the toolchain in effect, nullopt
// where none can be had. Nothing where the nearest .gotoolchain.toml was denied or only chooses a
// version. A file that makes no sense is a refusal as well. What the answer depends on beside the
// landmarks is added to `dependencies`.
ProjectEnvironment project_environment(Sight& sight,
                                       const std::optional<std::filesystem::path>& goroot,
                                       const base::Environment& environment,
                                       const store::Places& places, Dependencies& dependencies);

// `goal` with what the project wants: its entries after those of the toolchain, so that no
// project's directory takes the place of the Go that is in effect.
void add_to(Goal& goal, const ProjectEnvironment& project);

}  // namespace gov::activation
