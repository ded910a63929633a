// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which environment variables a project's file may set.

#include <optional>
#include <string_view>

namespace gov::project {

// Whether `name` is a name that every shell takes: letters, digits and '_', no digit first.
bool is_variable_name(std::string_view name) noexcept;

// Why no project may set the variable `name`, whoever trusts it: "it could make every program run
// code"; nullopt where it may. gov's own variables, those that run code in shells and programs,
// those a shell needs for itself, and those that say where releases come from and what proves them.
std::optional<std::string_view> why_not_for_projects(std::string_view name) noexcept;

// The same for what a variable is set to: flags of go in GOFLAGS that run other programs.
std::optional<std::string_view> why_not_this_value(std::string_view name,
                                                   std::string_view value) noexcept;

}  // namespace gov::project
