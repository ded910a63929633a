// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/text_lines.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_running.hpp"
#include "commands/progress.hpp"
#include "cross/running/test_report.hpp"
#include "cross/temporary_directory.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using cross::TargetTests;
using cross::TestResult;

constexpr auto options = joined_options(
    std::array{
        Option{.name = "target",
               .value = "TARGET",
               .help = "test for these alone, with commas between them",
               .letter = 't'},
        cross_tags_option,
        Option{.name = "timeout", .value = "TIME", .help = "for the tests of one package (10m)"},
        Option{.name = "require", .value = "", .help = "fail where a target has nothing to run on"},
    },
    cross_c_options,
    std::array{
        Option{.name = "junit", .value = "FILE", .help = "write the results as JUnit's XML"},
        json_option,
    });

std::vector<std::string> patterns_of(const Arguments& arguments) {
    std::vector<std::string> patterns;
    for (const auto& [name, value] : arguments.options)
        if (name == "target")
            for (std::string& word : base::words_between(',', value))
                patterns.push_back(std::move(word));
    return patterns;
}

cross::TestOptions options_for(const Invocation& invocation, const CrossRequest& request,
                               const cross::Target& target) {
    const Arguments& arguments = invocation.arguments;
    cross::TestOptions tests{.directory = request.plan.directory,
                             .settings = settings_for(request.plan, target),
                             .compilers = request.plan.compilers};
    if (!arguments.words.empty()) {
        tests.packages = arguments.words;
        tests.directory = invocation.directory;
    } else if (request.test.packages) {
        tests.packages = *request.test.packages;
    }
    for (const std::string& word :
         request.test.settings_for(target).arguments.value_or(std::vector<std::string>{}))
        tests.arguments.push_back(word);
    if (arguments.rest)
        tests.arguments.insert(tests.arguments.end(), arguments.rest->begin(),
                               arguments.rest->end());
    return tests;
}

// One target after another: tests of one program at a time may take the same port or file.
std::vector<TargetTests> test_all(const Invocation& invocation, const CrossRequest& request,
                                  const std::vector<cross::Target>& targets) {
    std::vector<std::string> names;
    for (const cross::Target& target : targets) names.push_back(target.str());
    std::vector<TargetTests> results;
    Progress progress{invocation.output, names};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const cross::TemporaryDirectory temporary;
        cross::TestOptions tests = options_for(invocation, request, targets[i]);
        tests.note = [&](const std::string& text) { invocation.output.note(text); };
        tests.tell = [&](std::string text) { progress.set_text(i, std::move(text)); };
        results.push_back(cross::test_target(
            run_context(invocation, request, targets[i], temporary.path()), tests));
        progress.set_text(i, std::string{cross::name_of(results.back().result)});
    }
    return results;
}

void throw_if_not_passed(const std::vector<TargetTests>& results, bool requires_all) {
    const auto is_bad = [&](const TargetTests& target) {
        return target.result >= TestResult::not_run ||
               (requires_all && target.result != TestResult::passed);
    };
    const auto bad = std::ranges::count_if(results, is_bad);
    if (bad != 0) {
        const auto first = std::ranges::find_if(results, is_bad);
        throw Error{
            base::format("the tests of {} of {} targets failed or did not run", bad,
                         results.size()),
            {},
            first->result == TestResult::timed_out ? ExitCode::time_limit : ExitCode::tests_failed};
    }
    if (std::ranges::find(results, TestResult::passed, &TargetTests::result) == results.end())
        throw Error{"no test ran, for none of the targets",
                    "gov cross doctor tells what runs programs of a target",
                    ExitCode::tests_failed};
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    const CrossRequest request = cross_request(invocation);
    const auto targets = targets_to_run(request, patterns_of(invocation.arguments));
    const std::vector<TargetTests> results = test_all(invocation, request, targets);
    for (const std::string& line : cross::troubles_of(results)) invocation.output.note(line);
    const std::string release = request.plan.go_version.name();
    if (const auto file = invocation.arguments.value("junit"))
        base::write_file_atomically(invocation.directory / *file,
                                    cross::junit_of(release, results));
    invocation.output.result(invocation.arguments.has("json")
                                 ? cross::json_of(release, results).write()
                                 : cross::table_of(results));
    throw_if_not_passed(results, request.test.requires_all || invocation.arguments.has("require"));
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_test_command{
    .name = "cross test",
    .topic = Topic::cross,
    .summary = "run tests for several targets, where something here runs them",
    .words = "[PACKAGE]... [-- GO-TEST-FLAG...]",
    .most_words = any_number,
    .takes_rest = true,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Builds the tests of the packages (./...) with the toolchain in effect, C code as\n"
        "gov cross build does, and runs them natively, in qemu-user or Wine, or as runner\n"
        "in [cross] says. A pass needs proof: the runner has shown that it runs programs\n"
        "and tells how they end, and tests were seen to begin and to end. A target that\n"
        "nothing here runs is only compiled, and says so. Whatever a test starts ends\n"
        "with it, at the latest a second after the limit.",
    .run = run,
};

}  // namespace gov::commands
