// SPDX-License-Identifier: Apache-2.0
#include "cross/main_package.hpp"

#include "cross/build.hpp"
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

TEST_CASE("artifacts are named for program and target") {
    CHECK(artifact_name("hello", {"linux", "amd64"}) == "hello-linux-amd64");
    CHECK(artifact_name("hello", {"windows", "386"}) == "hello-windows-386.exe");
    CHECK(artifact_name("hello", {"wasip1", "wasm"}) == "hello-wasip1-wasm.wasm");
}

TEST_CASE("one package main is read from what go list says") {
    const MainPackage package = parse_package_list(
        "package\texample.com/a\tmain\t/src/a\nfile\tmain.go\nfile\tversion.go\n", ".");
    CHECK(package.import_path == "example.com/a");
    CHECK(package.directory == "/src/a");
    CHECK(package.files == std::vector<std::string>{"main.go", "version.go"});
}

TEST_CASE("a library, several packages and none are refused as misuse") {
    const auto refused = [](std::string_view output) {
        const auto failure = failure_of([&] { parse_package_list(output, "./..."); });
        CHECK(failure.code == ExitCode::usage);
        return failure.message;
    };
    CHECK(refused("package\texample.com/a\ta\t/src/a\n") ==
          "example.com/a is package a, not a program");
    CHECK(refused("package\ta\tmain\t/a\npackage\tb\tmain\t/b\n") == "./... names 2 packages");
    CHECK(refused("") == "./... names 0 packages");
}

TEST_CASE("a version is passed to the linker in quotes that it does not hold") {
    CHECK(linker_flags(std::nullopt) == "-s -w");
    CHECK(linker_flags("v1.0") == "-s -w -X main.version=v1.0");
    CHECK(linker_flags("") == "-s -w -X main.version=");
    CHECK(linker_flags("it's") == "-s -w -X main.version=it's");
    CHECK(linker_flags("v1 beta") == "-s -w -X 'main.version=v1 beta'");
    CHECK(linker_flags("it's one") == "-s -w -X \"main.version=it's one\"");
    CHECK(failure_of([] { linker_flags("it's \"one\""); }).code == ExitCode::usage);
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
