// SPDX-License-Identifier: Apache-2.0
#include "cross/running/runner.hpp"

#include "base/error.hpp"
#include "cross/cross_table.hpp"
#include "cross/running/supervision.hpp"
#include "cross/running/test_report.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace gov::cross;
using gov::base::Environment;
using gov::tests::failure_of;
using gov::tests::Sandbox;
namespace fs = std::filesystem;

namespace {

// The runners for `target` with a PATH that has nothing but `programs`.
std::vector<Runner> runners(const Sandbox& sandbox, const Target& target,
                            const std::vector<std::string>& programs,
                            std::optional<ProjectRunner> own = {}) {
    for (const std::string& name : programs)
        fs::permissions(sandbox.write("bin/" + name, "#!/bin/sh\n"), fs::perms::owner_all);
    const Environment environment{{{"PATH", (sandbox.path() / "bin").native()}}};
    return runners_for({.target = target,
                        .environment = environment,
                        .goroot = sandbox.path(),
                        .prefixes = sandbox.path(),
                        .own = std::move(own)});
}

TestTable read(std::string_view text) {
    return read_test_table(gov::project::TomlFile{"/p/.gotoolchain.toml", text, "go = \"1.22.6\""});
}

const Target s390x{{"linux", "s390x"}, {}};

}  // namespace

TEST_CASE("go's own name for a runner comes first, then the emulator") {
    const Sandbox sandbox;
    CHECK(runners(sandbox, s390x, {}).empty());
    const auto found = runners(sandbox, s390x, {"qemu-s390x", "go_linux_s390x_exec"});
    REQUIRE(found.size() == 2);
    CHECK(found[0].name == "go_linux_s390x_exec");
    CHECK(found[1].name == "qemu-s390x");
}

TEST_CASE("the project's own runner is the only one") {
    const Sandbox sandbox;
    const auto found = runners(sandbox, s390x, {"qemu-s390x"}, ProjectRunner{.exec = "ssh board"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].command[2] == "ssh board \"$@\"");
    CHECK(runners(sandbox, s390x, {}, ProjectRunner{.exec = "f \"$1\""})[0].command[2] ==
          "f \"$1\"");
}

TEST_CASE("32-bit and 64-bit programs of Windows have prefixes of their own") {
    const Sandbox sandbox;
    const auto of_386 = runners(sandbox, {{"windows", "386"}, {}}, {"wine"});
    REQUIRE(of_386.size() == 2);
    CHECK(of_386[0].wine_prefix != of_386[1].wine_prefix);
    CHECK(runners(sandbox, {{"windows", "amd64"}, {}}, {"wine"}).size() == 1);
    CHECK(runners(sandbox, {{"windows", "arm64"}, {}}, {"wine"}).empty());
}

TEST_CASE("what a supervisor is told comes back") {
    const Sandbox sandbox;
    Supervision told{.command = {"a", "", "b c\n"},
                     .environment = Environment{{{"A", "\xff=\n"}, {"B", ""}}},
                     .limit = std::chrono::milliseconds{1500},
                     .owner = 42,
                     .mark = "mark"};
    write_supervision(told, sandbox.path() / "file");
    const Supervision heard = read_supervision(sandbox.path() / "file");
    CHECK(heard.command == told.command);
    CHECK(heard.environment.entries() == told.environment.entries());
    CHECK(heard.limit == told.limit);
    CHECK(heard.owner == 42);
    CHECK(heard.mark == "mark");
    CHECK(heard.late.empty());
    sandbox.write("other", "text");
    CHECK(failure_of([&] { read_supervision(sandbox.path() / "other"); }).code ==
          gov::base::ExitCode::usage);
}

TEST_CASE("the table says what tests get, the most specific pattern last") {
    const TestTable table = read(R"(
[cross.test]
targets = "linux/*"
args = ["-short"]
timeout = "5m"
env = { A = "1", B = "1" }
[cross.test.target."linux/arm64"]
timeout = "10m"
env = { B = "2" }
[cross.test.target."linux/*"]
args = []
env = { B = "3" }
[cross.target."*/arm64"]
runner = "first"
[cross.target."linux/arm64"]
runner = { start = "up", exec = "second", timeout = "3s" }
)");
    const TestSettings settings = table.settings_for({{"linux", "arm64"}, {}});
    CHECK(settings.arguments == std::vector<std::string>{});
    CHECK(settings.timeout == std::chrono::minutes{10});
    CHECK(settings.environment.at("A") == "1");
    CHECK(settings.environment.at("B") == "2");
    CHECK(table.settings_for({{"darwin", "arm64"}, {}}).timeout == std::chrono::minutes{5});
    CHECK(table.runner_for({{"linux", "arm64"}, {}})->exec == "second");
    CHECK(table.runner_for({{"linux", "arm64"}, {}})->timeout == std::chrono::seconds{3});
    CHECK(table.runner_for({{"darwin", "arm64"}, {}})->exec == "first");
    CHECK_FALSE(table.runner_for({{"linux", "amd64"}, {}}));
}

TEST_CASE("a table of tests that makes no sense is refused with its place") {
    for (const char* text :
         {"[cross.test]\ntimeout = 5", "[cross.test]\ntimeout = \"5\"", "[cross.test]\nunknown = 1",
          "[cross.test]\nenv = { PATH = \"\" }", "[cross.target.\"linux/*\"]\nrunner = 1",
          "[cross.target.\"linux/*\"]\nrunner = { start = \"x\" }"}) {
        const auto failure = failure_of([&] { read(text); });
        CHECK(failure.code == gov::base::ExitCode::usage);
        CHECK(failure.message.find(".gotoolchain.toml:2:") != std::string::npos);
    }
}

TEST_CASE("JUnit's XML has every character that it may have, and no other") {
    TargetTests target;
    target.target = s390x;
    target.result = TestResult::failed;
    target.packages.push_back({.package = "p",
                               .result = TestResult::failed,
                               .reason = {},
                               .cases = {{"Test<&>", TestResult::failed, 1500, "a\x1b[1m\"b\"\n"},
                                         {"TestB", TestResult::passed, 0, {}}},
                               .milliseconds = 2000,
                               .output = {}});
    const std::string text = junit_of("go1.22.6", {target});
    CHECK(text.find("name=\"Test&lt;&amp;&gt;\" time=\"1.500\"") != std::string::npos);
    CHECK(text.find(">a[1m&quot;b&quot;&#10;</failure>") != std::string::npos);
    CHECK(text.find("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\"") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}
