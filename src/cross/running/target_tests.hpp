// SPDX-License-Identifier: Apache-2.0
#pragma once
// test_target(): the tests of packages, built for a target and run where that can be run.

#include "cross/running/test_build.hpp"
#include "cross/running/test_events.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gov::cross {

struct TargetTests {
    Target target;
    std::string runner;                       // empty: there is none
    TestResult result = TestResult::not_run;  // the worst of the packages', or of the runner
    std::string reason;                       // where it is not that of the packages
    std::string hint;
    std::vector<PackageTests> packages;
    std::string log;  // what go said beside that, as why something was not built
    CPlan c = {};     // how C code was compiled
    std::int64_t milliseconds = 0;
    std::string machine_problem;  // what went wrong when the machine was stopped
};

// Runs them in a runner that has proved itself; compiles them where there is nothing to run them
// with. C code is compiled as for the target's programs. Each program that go test starts, and all
// that it starts, ends within the context's limit and a second. Throws Error where gov was
// interrupted: nothing runs any more then.
TargetTests test_target(const RunContext& context, const TestOptions& options);

}  // namespace gov::cross
