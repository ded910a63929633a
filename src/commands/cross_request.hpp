// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the commands of cross builds have in common: their options, and what these ask for.

#include "commands/command.hpp"
#include "commands/cross_c_options.hpp"
#include "commands/cross_project.hpp"
#include "cross/build.hpp"
#include "cross/plan.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace gov::commands {

inline constexpr Option cross_version_option{
    .name = "version", .value = "V", .help = "set the program's string variable main.version to V"};
inline constexpr Option cross_package_option{
    .name = "package",
    .value = "PKG",
    .help = "the package main to build (.); ./cmd/... names many"};
inline constexpr Option cross_tags_option{
    .name = "tags", .value = "TAGS", .help = "build tags, with commas between them"};
// Of the programs, and of how go builds them.
inline constexpr std::array cross_program_options{
    cross_package_option,
    cross_tags_option,
    Option{.name = "ldflags", .value = "FLAGS", .help = "for the linker (-s -w)"},
    Option{.name = "set", .value = "K=V", .help = "set a string variable: main.commit={commit}"},
};
inline constexpr Option cross_no_buildvcs_option{
    .name = "no-buildvcs", .value = "", .help = "leave the commit out of the programs"};

// Where a cross build is made, and where its artifacts go.
struct CrossPlaces {
    std::filesystem::path directory;
    std::filesystem::path output;  // relative to that, or absolute
    std::optional<CrossProject> project;
};

// By --output and the project's table [cross], with a note where that is in another directory.
// Throws Error (ExitCode::not_trusted) for a table that is not trusted.
CrossPlaces cross_places(const Invocation& invocation, const store::Places& places);

struct CrossRequest {
    cross::PlanRequest plan;
    std::filesystem::path output;      // as CrossPlaces has it
    std::vector<std::string> dropped;  // settings of the user that do not count
    std::vector<std::string> entries;  // of the project, for its hooks' PATH
    cross::TestTable test = {};
};

// What was asked for, with the project's table [cross] and the toolchain in effect where that is.
// Throws Error: no version chosen or not installed, a table that is not trusted
// (ExitCode::not_trusted), misuse.
CrossRequest cross_request(const Invocation& invocation);

// The targets of `plan`, each once, in their order.
std::vector<cross::Target> targets_of(const cross::Plan& plan);

}  // namespace gov::commands
