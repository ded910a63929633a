// SPDX-License-Identifier: Apache-2.0
#include "activation/overhead.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::tests::Sandbox;

namespace {

constexpr std::string_view plain_pin = "go = \"1.22.6\"\n";

// What counts above the walk from `directory`, below the sandbox and in its order there.
std::string above(const Sandbox& sandbox, const std::string& directory) {
    const std::string root = sandbox.path().native() + "/";
    Sight sight{root + directory};
    std::string text;
    const Overhead found = overhead(sight);
    for (const Landmark& landmark : found.present)
        if (landmark.path.starts_with(root)) text += landmark.path.substr(root.size()) + " ";
    for (const std::string& path : found.absent)
        if (path.starts_with(root)) text += "!" + path.substr(root.size()) + " ";
    return text;
}

}  // namespace

TEST_CASE("the walk ends with the nearest directory that has a .gotoolchain.toml") {
    const Sandbox sandbox;
    const std::string root = sandbox.path().native() + "/";
    for (const char* name : {"go.mod", "a/.gotoolchain.toml", "a/go.mod", "a/b/go.work"})
        sandbox.write(name, "");
    const auto landmarks = landmarks_of(root + "a/b/c");
    const auto walked = within_walk(landmarks);
    REQUIRE(walked.size() == 3);
    CHECK(walked[0].path == root + "a/b/go.work");
    CHECK(walked[2].path == root + "a/go.mod");
    const auto without = landmarks_of(root);
    CHECK(within_walk(without).size() == without.size());
}

TEST_CASE("above a file that chooses a version only go.work and go.mod count") {
    const Sandbox sandbox;
    sandbox.write("a/b/.gotoolchain.toml", plain_pin);
    sandbox.write(".go-version", "1.21.1\n");
    CHECK(above(sandbox, "a/b/c") == "!a/go.work !a/go.mod !go.work !go.mod ");
}

TEST_CASE("only the nearest go.work and go.mod count, and no directory of that name") {
    const Sandbox sandbox;
    sandbox.write("a/b/.gotoolchain.toml", plain_pin);
    sandbox.write("a/b/c/go.mod", "module m\n");
    sandbox.write("a/go.work", "go 1.22\n");
    sandbox.write("go.work", "go 1.22\n");
    CHECK(above(sandbox, "a/b/c") == "a/go.work ");
    std::filesystem::remove(sandbox.path() / "a/go.work");
    std::filesystem::create_directory(sandbox.path() / "a/go.work");
    CHECK(above(sandbox, "a/b/c") == "a/go.work go.work ");
}

TEST_CASE("a file that builds on another looks for it above") {
    const Sandbox sandbox;
    sandbox.write("a/b/.gotoolchain.toml", "inherit = true\n" + std::string{plain_pin});
    sandbox.write("a/b/go.mod", "module m\n");
    sandbox.write(".gotoolchain.toml", plain_pin);
    CHECK(above(sandbox, "a/b") == ".gotoolchain.toml !a/.gotoolchain.toml !a/go.work !go.work ");
}

TEST_CASE("above a file that chooses no version, or that makes no sense, everything counts") {
    const Sandbox sandbox;
    sandbox.write(".tool-versions", "golang 1.22.6\n");
    for (const char* text : {"[env]\nA = \"b\"\n", "go = 1\n", "go = \"1.22.6\"\ngoo = 1\n"}) {
        CAPTURE(text);
        sandbox.write("a/.gotoolchain.toml", text);
        CHECK(above(sandbox, "a/b") ==
              ".tool-versions !.gotoolchain.toml !.go-version !go.work !go.mod ");
    }
}

TEST_CASE("without a .gotoolchain.toml the hooks walk all the way up themselves") {
    const Sandbox sandbox;
    sandbox.write("a/.go-version", "1.22.6\n");
    CHECK(above(sandbox, "a/b").empty());
}
