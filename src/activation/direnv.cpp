// SPDX-License-Identifier: Apache-2.0
#include "activation/direnv.hpp"

namespace gov::activation {

std::optional<std::string> direnv_project(std::string_view directory,
                                          const base::Environment& environment) {
    auto project = environment.get("DIRENV_DIR").value_or("");
    if (!project.starts_with("-/")) return std::nullopt;
    project.remove_prefix(1);
    const bool inside =
        directory.starts_with(project) &&
        (project == "/" || directory.size() == project.size() || directory[project.size()] == '/');
    return inside ? std::optional{std::string{project}} : std::nullopt;
}

}  // namespace gov::activation
