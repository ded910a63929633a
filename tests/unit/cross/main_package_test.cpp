// SPDX-License-Identifier: Apache-2.0
#include "cross/main_package.hpp"

#include "cross/linker_flags.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

TEST_CASE("a program has the name that go build picks") {
    const auto name_of = [](const char* import_path) {
        return MainPackage{.import_path = import_path, .directory = {}, .files = {"tool.go"}}
            .program_name();
    };
    CHECK(name_of("example.com/hello") == "hello");
    CHECK(name_of("example.com/hello/v2") == "hello");
    CHECK(name_of("example.com/hello/v10") == "hello");
    CHECK(name_of("example.com/hello/v1") == "v1");
    CHECK(name_of("example.com/hello/v02") == "v02");
    CHECK(name_of("example.com/hello/cmd/v2x") == "v2x");
    CHECK(name_of("v2") == "v2");
    CHECK(name_of("hello") == "hello");
    CHECK(name_of("command-line-arguments") == "tool");
}

TEST_CASE("the programs among what go list says are read") {
    const auto packages = parse_package_list(
        "package\texample.com/a\tmain\t/src/a\nfile\tmain.go\nfile\tversion.go\n", {"."});
    REQUIRE(packages.size() == 1);
    CHECK(packages[0].import_path == "example.com/a");
    CHECK(packages[0].directory == "/src/a");
    CHECK(packages[0].files == std::vector<std::string>{"main.go", "version.go"});
    const auto among = parse_package_list(
        "package\ta\tmain\t/a\nfile\ta.go\npackage\tlib\tlib\t/lib\nfile\tlib.go\n"
        "package\tb\tmain\t/b\nfile\tb.go\n",
        {"./..."});
    REQUIRE(among.size() == 2);
    CHECK(among[0].files == std::vector<std::string>{"a.go"});
    CHECK(among[1].import_path == "b");
}

TEST_CASE("a library that was named, and patterns that name no program, are refused as misuse") {
    const auto refused = [](std::string_view output, const char* pattern) {
        const auto failure = failure_of([&] { parse_package_list(output, {pattern}); });
        CHECK(failure.code == ExitCode::usage);
        return failure.message;
    };
    CHECK(refused("package\texample.com/a\ta\t/src/a\n", "./a") ==
          "example.com/a is package a, not a program");
    CHECK(refused("package\texample.com/a\ta\t/src/a\n", "./...") == "./... names no program");
    CHECK(refused("", ".") == ". names no program");
}

TEST_CASE("a variable is passed to the linker in quotes that it does not hold") {
    const auto flags = [](const char* version) {
        return linker_flags({"-s", "-w"}, {{"main.version", version}});
    };
    CHECK(linker_flags({"-s", "-w"}, {}) == "-s -w");
    CHECK(linker_flags({}, {{"a.b", "c"}, {"a.d", "e"}}) == "-X a.b=c -X a.d=e");
    CHECK(flags("v1.0") == "-s -w -X main.version=v1.0");
    CHECK(flags("") == "-s -w -X main.version=");
    CHECK(flags("it's") == "-s -w -X main.version=it's");
    CHECK(flags("v1 beta") == "-s -w -X 'main.version=v1 beta'");
    CHECK(flags("it's one") == "-s -w -X \"main.version=it's one\"");
    CHECK(failure_of([&] { flags("it's \"one\""); }).code == ExitCode::usage);
}

TEST_CASE("the version variable is looked for in all files of the package") {
    const Sandbox sandbox;
    sandbox.write("p/main.go", "package main\n\nfunc main() {}\n");
    sandbox.write("p/version.go", "package main\n\nvar version = \"dev\"\n");
    const MainPackage package{
        .import_path = "p", .directory = sandbox.path() / "p", .files = {"main.go", "version.go"}};
    CHECK(has_string_variable(package, "version"));
    CHECK_FALSE(has_string_variable(package, "commit"));
}
