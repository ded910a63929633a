// SPDX-License-Identifier: Apache-2.0
#include "cross/running/target_tests.hpp"

#include "base/child_process.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/process.hpp"
#include "base/process_tree.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace gov::cross {

namespace {

using Clock = std::chrono::steady_clock;

// As the go command splits -exec: a word with blanks in quotes.
std::string quoted(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += ' ';
        const char quote = word.find('\'') == std::string::npos ? '\'' : '"';
        text += quote + word + quote;
    }
    return text;
}

// What go test is told for one target.
struct Call {
    const RunContext& context;
    const TestOptions& options;
    const TestBuild& build;
};

base::ProcessSpec go_test(const Call& call, const std::vector<std::string>& runner) {
    const auto& [context, options, build] = call;
    base::ProcessSpec spec{
        .arguments = {(context.goroot / "bin/go").native(), "test", "-json", "-count=1",
                      base::format("-timeout={}s", context.limit.count()), "-exec", quoted(runner)},
        .environment = build.environment,
        .directory = options.directory};
    spec.environment.set("TMPDIR", context.temporary.native());
    spec.arguments.insert(spec.arguments.end(), build.arguments.begin(), build.arguments.end());
    spec.arguments.insert(spec.arguments.end(), options.arguments.begin(), options.arguments.end());
    spec.arguments.insert(spec.arguments.end(), options.packages.begin(), options.packages.end());
    return spec;
}

// Runs go test and gives what it prints to `listen` as it comes; what it says beside that goes to
// the file `log`. Its status. Throws Error after an interrupt, with its process group ended.
template <class Listen>
int listen_to(const base::ProcessSpec& spec, const std::filesystem::path& log,
              const Listen& listen) {
    base::Pipe output;
    const base::UniqueFd errors{
        ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!errors) throw base::system_error("opening " + log.native(), errno);
    base::ChildProcess go{spec, std::array{base::Handed{output.writer.get(), STDOUT_FILENO},
                                           base::Handed{errors.get(), STDERR_FILENO}}};
    output.writer.reset();
    std::array<char, 65536> buffer;
    while (true) {
        base::throw_if_interrupted();
        pollfd wanted{output.reader.get(), POLLIN, 0};
        if (::poll(&wanted, 1, 100) <= 0) continue;
        const ssize_t got = ::read(output.reader.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return go.wait();
        listen(std::string_view{buffer.data(), static_cast<std::size_t>(got)});
    }
}

TestResult worst_of(const std::vector<PackageTests>& packages) {
    TestResult worst = TestResult::no_tests;
    for (const PackageTests& package : packages) worst = std::max(worst, package.result);
    return worst;
}

void run_go_test(const Call& call, const std::vector<std::string>& runner, TestEventReader& reader,
                 TargetTests& tests) {
    constexpr std::size_t size_limit = 64U << 20U;
    const std::filesystem::path log = call.context.temporary / "go-test.log";
    const int status = listen_to(go_test(call, runner), log, [&](std::string_view text) {
        reader.take(text);
        call.options.tell(base::format("{} tests so far", reader.ended()));
    });
    tests.packages = reader.finish();
    tests.log = base::read_file(log, size_limit).value_or("") + reader.other_output();
    tests.result = worst_of(tests.packages);
    if (status != 0 && tests.result < TestResult::not_run) {
        tests.result = TestResult::failed;
        tests.reason = base::format("go test ended with status {}", status);
    }
}

void compile(const Call& call, TargetTests& tests) {
    call.options.tell("compiling tests");
    TestEventReader reader{{}, true};
    run_go_test(call, {"/bin/true"}, reader, tests);
}

void run_tests(ReadyRunner& runner, const Call& call, TargetTests& tests) {
    call.options.tell("building tests");
    TestEventReader reader{runner.mark(), false};
    try {
        run_go_test(call, runner.words(), reader, tests);
    } catch (const base::Error&) {
        runner.end_programs();  // before the machine stops, which may take a while
        throw;
    }
    MachineEnd end = runner.stop();
    tests.machine_problem = std::move(end.problem);
    if (end.loss.empty()) return;
    tests.result = std::max(tests.result, TestResult::not_run);
    tests.reason = base::format("the machine was lost while tests ran: {}", end.loss);
}

// Whether the tests can be built: the C compiler that they need may be missing.
bool plan(const RunContext& context, const TestOptions& options, TargetTests& tests,
          TestBuild& build) {
    try {
        build = plan_tests(context, options);
        tests.c = build.c;
        prepare_c_toolchain(build.c, options.compilers, options.note);
        return true;
    } catch (const base::Error& error) {
        base::throw_if_interrupted();
        tests.result = TestResult::not_built;
        tests.reason = base::full_message(error);
        tests.hint = base::hint_of(error);
        return false;
    }
}

}  // namespace

TargetTests test_target(const RunContext& context, const TestOptions& options) {
    TargetTests tests;
    tests.target = context.target;
    const auto start = Clock::now();
    base::adopt_orphans();
    try {
        TestBuild build;
        if (!plan(context, options, tests, build)) return tests;
        const Call call{context, options, build};
        options.tell("trying its runner");
        RunnerChoice choice = choose_runner(context);
        tests.runner = choice.name;
        if (choice.runner) {
            run_tests(*choice.runner, call, tests);
        } else {
            tests.reason = choice.reason;
            tests.hint = choice.hint;
            if (!choice.exists) compile(call, tests);
        }
    } catch (const base::Error& error) {
        base::end_descendants();  // a supervisor may have been ended before what it watches
        base::throw_if_interrupted();
        tests.result = TestResult::failed;
        tests.reason = base::full_message(error);
    }
    base::end_descendants();
    tests.milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
    return tests;
}

}  // namespace gov::cross
