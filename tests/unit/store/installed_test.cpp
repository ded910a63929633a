// SPDX-License-Identifier: Apache-2.0
#include "store/installed.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::store;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;
using gov::toolchain::VersionSpec;

namespace {

namespace fs = std::filesystem;

void put_toolchain(const Sandbox& sandbox, const std::string& name) {
    fs::permissions(sandbox.write("gov/versions/" + name + "/bin/go", "#!/bin/sh\n"),
                    fs::perms::owner_all);
}

}  // namespace

TEST_CASE("where nothing was ever installed the list is empty") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    CHECK(installed(places).empty());
    CHECK_FALSE(find_installed(places, GoVersion::require("1.22.6")));
    CHECK_FALSE(default_version(places));
}

TEST_CASE("toolchains are listed in the order of their versions") {
    const Sandbox sandbox;
    for (const char* name : {"go1.22.10", "go1.22.6", "go1.9.2", "go1.22rc1"})
        put_toolchain(sandbox, name);
    std::string names;
    for (const Toolchain& toolchain : installed(Places::of(sandbox.environment())))
        names += toolchain.version.name() + " ";
    CHECK(names == "go1.9.2 go1.22rc1 go1.22.6 go1.22.10 ");
}

TEST_CASE("what is no toolchain is not listed") {
    const Sandbox sandbox;
    for (const char* name : {"1.22.6", "go1.20.0", "go1.22.6.AbCdEf", "gotip", ".go1.22.6"})
        put_toolchain(sandbox, name);
    sandbox.write("gov/versions/go1.22.7/bin/go", "without an executable bit");
    sandbox.write("gov/versions/go1.22.8", "a file");
    fs::create_directories(sandbox.path() / "gov/versions/go1.22.9/bin");
    CHECK(installed(Places::of(sandbox.environment())).empty());
}

TEST_CASE("the default is what was chosen last") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    set_default(places, VersionSpec::require("1.22.6"));
    set_default(places, VersionSpec::require("go1.23.3"));
    CHECK(default_version(places) == GoVersion::require("1.23.3"));
    CHECK(sandbox.read("gov/default") == "go1.23.3\n");
}

TEST_CASE("a default file that holds no version is an error that names the file") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    for (const char* content : {"", "\n", "1.22.6.1\n", "1.022\n", "\x1b[2J"}) {
        CAPTURE(std::string{content});
        sandbox.write("gov/default", content);
        const auto failure = failure_of([&] { default_version(places); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.find("gov/default") != std::string::npos);
        CHECK(failure.hint == "choose one with gov default VERSION");
    }
}

TEST_CASE("a default that is a range stands for the newest installed release in it") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    set_default(places, VersionSpec::require("1.22"));
    CHECK_FALSE(default_version(places));
    for (const char* name : {"go1.22.6", "go1.22.10", "go1.23.1"}) put_toolchain(sandbox, name);
    CHECK(default_version(places) == GoVersion::require("1.22.10"));
    CHECK(default_spec(places)->text() == "1.22");
}
