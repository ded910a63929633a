// SPDX-License-Identifier: Apache-2.0
#include "commands/export_file.hpp"

#include "activation/file_format.hpp"
#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/random.h>

namespace gov::commands {

namespace {

using activation::Given;
using base::ExitCode;

Given given_here(const Invocation& invocation) {
    const auto& environment = invocation.environment;
    const store::Places places = store::Places::of(environment);
    activation::Sight sight{invocation.directory.native()};
    const auto selection = activation::require_selection(sight, environment, places);
    const auto project = activation::project_environment(sight, selection, environment, places);
    if (project.refusal) invocation.output.note(activation::in_one_line(*project.refusal));
    for (const std::string& note : project.notes) invocation.output.note(note);
    activation::Goal goal = activation::goal_of(selection);
    activation::add_to(goal, project);
    const auto after = activation::environment_for(selection, project, environment);
    return {goal.variables, goal.entries, std::string{after.get("PATH").value_or("")}};
}

std::string random_delimiter() {
    std::uint64_t parts[2];
    if (::getrandom(parts, sizeof parts, 0) != sizeof parts)
        throw base::system_error("asking the kernel for random bytes", errno);
    return base::format("gov_{:016x}{:016x}", parts[0], parts[1]);
}

// The file that GitHub Actions names in `variable`.
std::string_view workflow_file(const base::Environment& environment, std::string_view variable) {
    if (const auto path = environment.non_empty(variable)) return *path;
    throw base::Error{
        base::format("gov export gha: {} is not set: this is no job of GitHub Actions", variable),
        "gov export json serves elsewhere", ExitCode::usage};
}

void append(std::string_view path, std::string_view text) {
    const std::string what = base::format("writing {}", base::printable(path));
    const base::UniqueFd fd{::open(std::string{path}.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
    if (!fd) throw base::system_error(what, errno);
    base::write_all(fd.get(), base::as_bytes(text), what);
}

void export_to_workflow(const Given& given, const base::Environment& environment) {
    const auto variables = workflow_file(environment, "GITHUB_ENV");
    const auto entries = workflow_file(environment, "GITHUB_PATH");
    append(variables, activation::github_env_text(given, random_delimiter()));
    append(entries, activation::github_path_text(given));
}

}  // namespace

bool is_file_format(std::string_view format) {
    return std::ranges::find(file_formats, format) != file_formats.end();
}

void export_to_file(const Invocation& invocation, std::string_view format) {
    const Given given = given_here(invocation);
    if (format == "gha")
        export_to_workflow(given, invocation.environment);
    else if (format == "json")
        invocation.output.result(activation::json_text(given));
    else
        invocation.output.result(format == "dotenv" ? activation::dotenv_text(given)
                                                    : activation::systemd_text(given));
}

}  // namespace gov::commands
