// SPDX-License-Identifier: Apache-2.0
#include "cross/running/test_events.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::cross;

namespace {

// What `go test -json` tells of package p, and the result of that.
PackageTests read(std::string_view events, bool only_compiles = false) {
    TestEventReader reader{"the-limit", only_compiles};
    // In pieces, as pipes bring it.
    for (std::size_t at = 0; at < events.size(); at += 7) reader.take(events.substr(at, 7));
    auto packages = reader.finish();
    REQUIRE(packages.size() == 1);
    return packages[0];
}

constexpr std::string_view begins = R"({"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
)";

}  // namespace

TEST_CASE("tests that were seen to begin and to end have passed") {
    const auto tests = read(std::string{begins} +
                            R"({"Action":"pass","Package":"p","Test":"TestA","Elapsed":0.25}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"pass","Package":"p","Elapsed":1.5}
)");
    CHECK(tests.result == TestResult::passed);
    CHECK(tests.milliseconds == 1500);
    REQUIRE(tests.cases.size() == 1);
    CHECK(tests.cases[0].milliseconds == 250);
    CHECK(tests.cases[0].output.empty());
}

TEST_CASE("what go test calls ok without a test did not run") {
    const auto tests = read(R"({"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.010s\n"}
{"Action":"pass","Package":"p","Elapsed":0.01}
)");
    CHECK(tests.result == TestResult::not_run);
    CHECK_FALSE(tests.reason.empty());
}

TEST_CASE("a program that ends in the middle and is called ok did not run its tests") {
    const std::string_view ok = "{\"Action\":\"pass\",\"Package\":\"p\"}\n";
    CHECK(read(std::string{begins} + std::string{ok}).result == TestResult::not_run);
    const std::string first = "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"TestA\"}\n";
    CHECK(read(std::string{begins} + first + std::string{ok}).result == TestResult::not_run);
}

TEST_CASE("a package without tests has none") {
    CHECK(read("{\"Action\":\"skip\",\"Package\":\"p\"}\n").result == TestResult::no_tests);
    CHECK(read(R"({"Action":"output","Package":"p","Output":"testing: warning: no tests to run\n"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"pass","Package":"p"}
)")
              .result == TestResult::no_tests);
}

TEST_CASE("the limit counts, whoever noticed it") {
    const auto by_gov = read(std::string{begins} +
                             R"({"Action":"output","Package":"p","Output":"the-limit\n"}
{"Action":"fail","Package":"p"}
)");
    CHECK(by_gov.result == TestResult::timed_out);
    CHECK(by_gov.cases[0].result == TestResult::timed_out);
    CHECK(by_gov.output.empty());
    CHECK(read(std::string{begins} +
               R"({"Action":"output","Package":"p","Output":"panic: test timed out after 2s\n"}
{"Action":"fail","Package":"p"}
)")
              .result == TestResult::timed_out);
}

TEST_CASE("a package that was not built is told from one that failed") {
    CHECK(read(R"({"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p"}
)")
              .result == TestResult::not_built);
    CHECK(read("{\"Action\":\"fail\",\"Package\":\"p\",\"FailedBuild\":\"p\"}\n").result ==
          TestResult::not_built);
    CHECK(read("FAIL\tp [setup failed]\n").result == TestResult::not_built);
    CHECK(read("{\"Action\":\"fail\",\"Package\":\"p\"}\n").result == TestResult::failed);
}

TEST_CASE("what is only compiled has not passed") {
    CHECK(read("{\"Action\":\"pass\",\"Package\":\"p\"}\n", true).result == TestResult::compiled);
}

TEST_CASE("what is no event is kept") {
    TestEventReader reader{{}, false};
    reader.take("# p\n./p.go:1: undefined: x\n{\"not\": \"an event\"}\n{broken\n");
    CHECK(reader.finish().empty());
    CHECK(reader.other_output() ==
          "# p\n./p.go:1: undefined: x\n{\"not\": \"an event\"}\n{broken\n");
}
