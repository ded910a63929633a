// SPDX-License-Identifier: Apache-2.0
#include "cross/running/test_events.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace gov::cross {

namespace {

using base::Json;

constexpr std::array<std::string_view, 8> names{"no-tests", "compiled",  "skipped",   "passed",
                                                "not-run",  "timed-out", "not-built", "failed"};

constexpr std::size_t most_output = 64UL * 1024;

// Appends, and forgets the beginning of what gets too long.
void append(std::string& text, std::string_view more) {
    text += more;
    if (text.size() > 2 * most_output) text.erase(0, text.size() - most_output);
}

std::int64_t milliseconds_of(const Json& event) {
    const Json* elapsed = event.find("Elapsed");
    if (elapsed == nullptr) return 0;
    if (const auto* whole = elapsed->as_integer()) return *whole * 1000;
    const double* seconds = elapsed->as_number();
    return seconds == nullptr ? 0
                              : std::chrono::round<std::chrono::milliseconds>(
                                    std::chrono::duration<double>{*seconds})
                                    .count();
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

TestCase& case_of(PackageTests& tests, std::string_view name) {
    // The one that is told of is nearly always among the last.
    const auto known =
        std::ranges::find(tests.cases.rbegin(), tests.cases.rend(), name, &TestCase::name);
    if (known != tests.cases.rend()) return *known;
    tests.cases.push_back({.name = std::string{name}, .output = {}});
    return tests.cases.back();
}

}  // namespace

std::string_view name_of(TestResult result) noexcept {
    return names[static_cast<std::size_t>(result)];
}

void TestEventReader::take(std::string_view text) {
    pending_ += text;
    std::size_t begin = 0;
    for (auto end = pending_.find('\n'); end != std::string::npos;
         end = pending_.find('\n', begin)) {
        take_line(std::string_view{pending_}.substr(begin, end - begin));
        begin = end + 1;
    }
    pending_.erase(0, begin);
}

TestEventReader::State& TestEventReader::state_of(std::string_view package) {
    const auto known = std::ranges::find(
        states_.rbegin(), states_.rend(), package,
        [](const State& state) -> const std::string& { return state.tests.package; });
    if (known != states_.rend()) return *known;
    State& state = states_.emplace_back();
    state.tests.package = package;
    return state;
}

void TestEventReader::take_line(std::string_view line) {
    Json event;
    try {
        if (line.starts_with('{')) event = Json::parse(line);
    } catch (const base::Error&) {  // something that only looks like one
    }
    const std::string_view action = event.text("Action");
    const std::string_view package = event.text("Package");
    if (action == "build-output") append(other_, event.text("Output"));
    if (action.empty()) take_other(line);
    if (action.empty() || package.empty()) return;
    State& state = state_of(package);
    const std::string_view name = event.text("Test");
    if (action == "output") {
        take_output(state, name, event.text("Output"));
        return;
    }
    const bool ends = action == "pass" || action == "fail" || action == "skip";
    if (name.empty()) {
        if (!ends) return;
        state.action = action;
        state.tests.milliseconds = milliseconds_of(event);
        state.is_unbuilt = state.is_unbuilt || !event.text("FailedBuild").empty();
        return;
    }
    TestCase& test = case_of(state.tests, name);
    if (!ends) return;
    ++ended_;
    test.milliseconds = milliseconds_of(event);
    test.result = action == "pass"   ? TestResult::passed
                  : action == "fail" ? TestResult::failed
                                     : TestResult::skipped;
    if (test.result == TestResult::passed) test.output.clear();
}

// Before Go 1.24 some failures are told in words: "FAIL\tp [setup failed]".
void TestEventReader::take_other(std::string_view line) {
    append(other_, std::string{line} + "\n");
    constexpr std::string_view fail = "FAIL\t";
    const auto end = line.find(" [");
    if (line.starts_with(fail) && line.ends_with(" failed]") && end != std::string_view::npos)
        state_of(line.substr(fail.size(), end - fail.size())).is_unbuilt = true;
}

void TestEventReader::take_output(State& state, std::string_view test, std::string_view output) {
    if (output.ends_with("PASS\n")) state.says_pass = true;
    if (contains(output, "[build failed]") || contains(output, "[setup failed]"))
        state.is_unbuilt = true;
    if (contains(output, "testing: warning: no tests to run")) state.says_nothing_to_run = true;
    if (contains(output, "panic: test timed out after ")) state.is_late = true;
    if (!mark_.empty() && contains(output, mark_)) {
        state.is_late = true;
        return;
    }
    append(test.empty() ? state.tests.output : case_of(state.tests, test).output, output);
}

void TestEventReader::judge(State& state) const {
    PackageTests& tests = state.tests;
    tests.result = TestResult::not_run;
    if (state.is_unbuilt) {
        tests.result = TestResult::not_built;
    } else if (state.is_late) {
        tests.result = TestResult::timed_out;
    } else if (state.action == "fail") {
        tests.result = TestResult::failed;
    } else if (state.action == "skip") {
        tests.result = TestResult::no_tests;
    } else if (state.action != "pass") {
        tests.reason = "go test ended before its tests did";
    } else if (only_compiles_) {
        tests.result = TestResult::compiled;
    } else if (tests.cases.empty()) {
        if (state.says_nothing_to_run)
            tests.result = TestResult::no_tests;
        else
            tests.reason = "go test calls it ok, but none of its tests was seen to begin";
    } else if (std::ranges::find(tests.cases, TestResult::not_run, &TestCase::result) !=
                   tests.cases.end() ||
               !state.says_pass) {
        tests.reason = "go test calls it ok, but it ended before its tests had";
    } else {
        tests.result = TestResult::passed;
    }
    // What had begun and was ended at the limit.
    for (TestCase& test : tests.cases)
        if (test.result == TestResult::not_run && state.is_late)
            test.result = TestResult::timed_out;
}

std::vector<PackageTests> TestEventReader::finish() {
    if (!pending_.empty()) take_line(std::exchange(pending_, {}));
    std::vector<PackageTests> packages;
    for (State& state : states_) {
        judge(state);
        packages.push_back(std::move(state.tests));
    }
    states_.clear();
    return packages;
}

}  // namespace gov::cross
