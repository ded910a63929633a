// SPDX-License-Identifier: Apache-2.0
#include "cross/staging_folder.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace gov::cross;
using gov::tests::Sandbox;
namespace fs = std::filesystem;

TEST_CASE("a staging folder leaves nothing behind, not even an output folder it made") {
    const Sandbox sandbox;
    const fs::path output = sandbox.path() / "a/dist";
    {
        const StagingFolder staging{output};
        CHECK(staging.path().parent_path() == output);
        CHECK(sandbox.read(staging.path() / ".gitignore") == "*\n");
    }
    CHECK_FALSE(fs::exists(output));
}

TEST_CASE("an output folder that was there, or holds something, stays") {
    const Sandbox sandbox;
    const fs::path output = sandbox.path() / "dist";
    {
        const StagingFolder staging{output};
        sandbox.write("dist/hello", "x");
    }
    CHECK(fs::exists(output / "hello"));
    fs::remove(output / "hello");
    {
        const StagingFolder staging{output};
    }
    CHECK(sandbox.read("dist/.gitignore") == "*\n");
    fs::remove(output / ".gitignore");
    {
        const StagingFolder staging{output};
    }
    CHECK(fs::is_empty(output));
}

TEST_CASE("what a killed gov left is removed, what a running one uses is not") {
    const Sandbox sandbox;
    const fs::path output = sandbox.path() / "dist";
    sandbox.write("dist/.gov-killed/lock", "");
    sandbox.write("dist/.gov-killed/hello", "half");
    sandbox.write("dist/.gov-other/hello", "no lock: not gov's");
    const StagingFolder running{output};
    const StagingFolder second{output};
    CHECK_FALSE(fs::exists(output / ".gov-killed"));
    CHECK(fs::exists(output / ".gov-other"));
    CHECK(fs::exists(running.path()));
}

TEST_CASE("an output folder that cannot be made is an error that names it") {
    const Sandbox sandbox;
    sandbox.write("dist", "a file");
    const auto failure = gov::tests::failure_of([&] { StagingFolder{sandbox.path() / "dist/x"}; });
    CHECK(failure.message.find("dist/x") != std::string::npos);
}
