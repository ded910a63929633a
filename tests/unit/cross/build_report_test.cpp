// SPDX-License-Identifier: Apache-2.0
#include "cross/build_report.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

BuildOutcome proved() {
    BuildOutcome outcome;
    outcome.target = {{"linux", "amd64"}};
    outcome.result = BuildResult::proved;
    outcome.file = "dist/hello-linux-amd64";
    outcome.size = 1234567;
    outcome.artifact.emplace();
    outcome.artifact->arch = "amd64";
    outcome.artifact->build_info.emplace();
    outcome.artifact->build_info->go_version = "go1.22.6";
    return outcome;
}

BuildOutcome failed(const char* os, const char* log) {
    BuildOutcome outcome;
    outcome.target = {{os, "386"}};
    outcome.log = log;
    return outcome;
}

}  // namespace

TEST_CASE("the table has a line for every target") {
    CHECK(table_of({proved(), failed("windows", "x")}) ==
          "TARGET       FILE                    SIZE    FORMAT     GO        RESULT\n"
          "linux/amd64  dist/hello-linux-amd64  1.2 MB  elf amd64  go1.22.6  proved\n"
          "windows/386  -                       -       -          -         failed\n");
}

TEST_CASE("targets with the same trouble share its lines, and control characters are spelled") {
    const auto lines =
        troubles_of({proved(), failed("windows", "./a.go:1:2: bad\x1b[2J\n"),
                     failed("linux", "./a.go:1:2: bad\x1b[2J\n"), failed("netbsd", "other\n")});
    CHECK(lines == std::vector<std::string>{
                       "windows/386, linux/386: not built:", "  ./a.go:1:2: bad\\x1b[2J",
                       "netbsd/386: not built:", "  other"});
    CHECK(troubles_of({proved()}).empty());
}

TEST_CASE("what a failure means stands under the compiler's own lines") {
    BuildOutcome outcome = failed("windows", "a\nb");
    outcome.diagnoses = {{"cc-host", "it is another\x1b's", "take ours"}};
    CHECK(troubles_of({outcome}) ==
          std::vector<std::string>{"windows/386: not built:", "  a", "  b",
                                   "  cc-host: it is another\\x1b's", "    to do: take ours"});
}

TEST_CASE("what was refused names the rules it broke") {
    BuildOutcome refused = proved();
    refused.result = BuildResult::refused;
    refused.findings = {{"go-version", "it was built by go1.22.7, not go1.22.6"}};
    const auto lines = troubles_of({refused});
    REQUIRE(lines.size() == 2);
    CHECK(lines[1] == "  go-version: it was built by go1.22.7, not go1.22.6");
    CHECK(table_of({refused}).find("dist/hello") == std::string::npos);
}
