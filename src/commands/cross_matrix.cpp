// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "cross/ci_matrix.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using base::Json;

constexpr std::array options{
    cross_package_option,
    Option{.name = "format", .value = "CI", .help = "for github (default) or gitlab"},
};

Json matrix_for(std::string_view format, const std::vector<cross::Target>& targets) {
    if (format == "github") return cross::github_matrix(targets);
    if (format == "gitlab") return cross::gitlab_matrix(targets);
    throw Error{base::format("--format {}: github or gitlab", base::printable(format)),
                {},
                ExitCode::usage};
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const std::string_view format = invocation.arguments.value("format").value_or("github");
    matrix_for(format, {});  // what is misspelled is said before go is asked
    const cross::Plan plan = cross::make_plan(cross_request(invocation).plan);
    invocation.output.result(matrix_for(format, targets_of(plan)).write_line() + "\n");
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_matrix_command{
    .name = "cross matrix",
    .topic = Topic::cross,
    .summary = "print the targets as a matrix of jobs for CI",
    .words = "[TARGET]...",
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "The targets that cross build would build, on one line of JSON: for GitHub\n"
        "Actions (fromJSON) with target, goos, goarch, variant, name and runner, for\n"
        "GitLab as parallel:matrix with TARGET.",
    .run = run,
};

}  // namespace gov::commands
