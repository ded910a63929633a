// SPDX-License-Identifier: Apache-2.0
#include "activation/landmark.hpp"

#include "activation/shell.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::tests::Sandbox;

namespace {

// The landmarks below the sandbox, each without its path.
std::string found_in(const Sandbox& sandbox, const std::string& directory) {
    const std::string root = sandbox.path().native() + "/";
    std::string text;
    for (const Landmark& landmark : landmarks_of(root + directory))
        if (landmark.path.starts_with(root)) text += landmark.path.substr(root.size()) + " ";
    return text;
}

}  // namespace

TEST_CASE("landmarks are found from the nearest directory upward") {
    const Sandbox sandbox;
    for (const char* name : {".gotoolchain.toml", "go.work", "a/go.mod", "a/b/go.mod",
                             "a/b/.gotoolchain.toml", "a/b/go.sum", "other/go.mod"})
        sandbox.write(name, "");
    CHECK(found_in(sandbox, "a/b") ==
          "a/b/.gotoolchain.toml a/b/go.mod a/go.mod .gotoolchain.toml go.work ");
    CHECK(found_in(sandbox, "a/") == "a/go.mod .gotoolchain.toml go.work ");
}

TEST_CASE("a directory that does not exist has the landmarks above it") {
    const Sandbox sandbox;
    sandbox.write("a/go.mod", "");
    CHECK(found_in(sandbox, "a/gone/deeper") == "a/go.mod ");
    CHECK(found_in(sandbox, "a/go.mod/x") == "a/go.mod ");
}

TEST_CASE("only what the shell's -e sees is a landmark") {
    const Sandbox sandbox;
    std::filesystem::create_symlink("nowhere", sandbox.path() / "go.mod");
    std::filesystem::create_directory(sandbox.path() / ".gotoolchain.toml");
    CHECK(found_in(sandbox, "") == ".gotoolchain.toml ");
}

TEST_CASE("every hook that keeps answers looks for the same names in the same order") {
    for (const Shell& shell : shells()) {
        if (shell.answers == nullptr) continue;
        CAPTURE(shell.name);
        std::size_t at = 0;
        for (const std::string_view name : landmark_names) {
            at = shell.hook.find("/" + std::string{name}, at);
            REQUIRE(at != std::string_view::npos);
        }
    }
}
