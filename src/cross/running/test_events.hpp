// SPDX-License-Identifier: Apache-2.0
#pragma once
// TestEventReader: what `go test -json` tells, read as proof that tests ran.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// Of one test, of the tests of a package, or of those of a target. The worst stands last.
enum class TestResult {
    no_tests,   // there were none to run
    compiled,   // and not run: there is nothing to run them with
    skipped,    // of one test
    passed,     // and there is proof that they ran
    not_run,    // whatever was said
    timed_out,  // and ended at the limit
    not_built,
    failed,
};

// "passed", "not-run", …
std::string_view name_of(TestResult result) noexcept;

struct TestCase {
    std::string name;
    TestResult result = TestResult::not_run;
    std::int64_t milliseconds = 0;
    std::string output;  // of one that did not pass
};

struct PackageTests {
    std::string package;
    TestResult result = TestResult::not_run;
    std::string reason;  // why it is not_run
    std::vector<TestCase> cases;
    std::int64_t milliseconds = 0;
    std::string output;  // of no test of its own: its end, if that is long
};

class TestEventReader {
public:
    // `mark`: the line that says that a program was ended at the limit. Where `only_compiles` the
    // programs are not run.
    TestEventReader(std::string mark, bool only_compiles)
        : mark_{std::move(mark)}, only_compiles_{only_compiles} {}

    // The next of what go prints.
    void take(std::string_view text);
    // How many tests have ended so far.
    std::size_t ended() const noexcept { return ended_; }
    // What go printed that is no event.
    const std::string& other_output() const noexcept { return other_; }

    // All packages, in the order in which they were first told of. A pass counts where tests of it
    // were seen to begin and to end, and its program said PASS at its end; one that said that
    // there is nothing to run has no tests. To be called once, at the end.
    std::vector<PackageTests> finish();

private:
    struct State {
        PackageTests tests;
        std::string action;  // the last word about it
        bool says_pass = false;
        bool says_nothing_to_run = false;
        bool is_late = false;
        bool is_unbuilt = false;
    };

    void take_line(std::string_view line);
    void take_other(std::string_view line);
    State& state_of(std::string_view package);
    void take_output(State& state, std::string_view test, std::string_view output);
    void judge(State& state) const;

    std::string mark_;
    bool only_compiles_;
    std::string pending_;
    std::string other_;
    std::vector<State> states_;
    std::size_t ended_ = 0;
};

}  // namespace gov::cross
