// SPDX-License-Identifier: Apache-2.0
#include "activation/choice.hpp"

#include "activation/selection.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"
#include "support/toolchain.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::Environment;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::failure_of;
using gov::tests::put_toolchain;
using gov::tests::Sandbox;

namespace {

struct Home : Sandbox {
    Environment environment = Sandbox::environment();

    void install(const std::string& name) const { put_toolchain(*this, name); }

    // The version in effect in `directory` and the name of the file that chose it.
    std::string in(const std::string& directory) const {
        std::filesystem::create_directories(path() / directory);
        const auto selection = select(path() / directory, environment, Places::of(environment));
        if (!selection) return "none";
        const std::string file = selection->file.lexically_relative(path()).native();
        return selection->version.number() + " " + (file.empty() ? selection->reason() : file);
    }
};

}  // namespace

TEST_CASE("in a directory the TOML goes before .go-version and that before .tool-versions") {
    Home home;
    for (const char* name : {"go1.22.6", "go1.23.3", "go1.24.13"}) home.install(name);
    home.write("p/.tool-versions", "golang 1.22.6\n");
    CHECK(home.in("p") == "1.22.6 p/.tool-versions");
    home.write("p/.go-version", "1.23.3\n");
    CHECK(home.in("p") == "1.23.3 p/.go-version");
    home.write("p/.gotoolchain.toml", "# nothing\n");
    CHECK(home.in("p") == "1.23.3 p/.go-version");
    home.write("p/.gotoolchain.toml", "go = \"1.24\"\n");
    CHECK(home.in("p/sub") == "1.24.13 p/.gotoolchain.toml");
    home.write("p/sub/.tool-versions", "nodejs 20\ngo 1.22\n");
    CHECK(home.in("p/sub/deep") == "1.22.6 p/sub/.tool-versions");
}

TEST_CASE("the first version of a .tool-versions that is installed counts") {
    Home home;
    home.write("p/.tool-versions", "golang 1.24.13 1.22\n");
    home.install("go1.22.6");
    CHECK(home.in("p") == "1.22.6 p/.tool-versions");
    home.install("go1.24.13");
    CHECK(home.in("p") == "1.24.13 p/.tool-versions");
}

TEST_CASE("each source but the TOML can be switched off") {
    Home home;
    home.environment.set("XDG_CONFIG_HOME", home.path() / "config");
    home.write("gov/default", "go1.20\n");
    home.write("p/.go-version", "1.23.3\n");
    home.write("p/.tool-versions", "golang 1.22.6\n");
    home.write("p/go.mod", "module m\n\ntoolchain go1.24.13\n");
    const auto off = [&](const char* pins) {
        home.write("config/gov/config.toml", std::string{"[pins]\n"} + pins);
        std::filesystem::permissions(home.path() / "config/gov/config.toml",
                                     std::filesystem::perms{0600});
        return home.in("p");
    };
    CHECK(off("go-version = false\n") == "1.22.6 p/.tool-versions");
    CHECK(off("go-version = false\ntool-versions = false\n") == "1.24.13 p/go.mod");
    CHECK(off("go-version = false\ntool-versions = false\ngo-mod = false\n") == "1.20 gov/default");
}

TEST_CASE("go.work goes before go.mod, and what they say is a floor or exact") {
    Home home;
    for (const char* name : {"go1.22.6", "go1.23.3", "go1.24.13"}) home.install(name);
    home.write("gov/default", "go1.22.6\n");
    home.write("p/m/go.mod", "module m\n\ngo 1.22\n");
    CHECK(home.in("p/m") == "1.22.6 gov/default");
    home.write("p/m/go.mod", "module m\n\ngo 1.23\n");
    CHECK(home.in("p/m") == "1.23.3 p/m/go.mod");
    home.write("p/m/go.mod", "module m\n\ngo 1.22\n\ntoolchain go1.24.13\n");
    CHECK(home.in("p/m") == "1.24.13 p/m/go.mod");
    home.write("p/m/go.mod", "module m\n\ngo 1.21\n\ntoolchain go1.21.1\n");
    CHECK(home.in("p/m") == "1.21.1 p/m/go.mod");
    home.write("p/go.work", "go 1.23.1\n\nuse ./m\n");
    CHECK(home.in("p/m") == "1.23.3 p/go.work");
    home.write("p/go.work", "go 1.23.1\ntoolchain default\nuse ./m\n");
    CHECK(home.in("p/m") == "1.22.6 gov/default");
}

TEST_CASE("a floor without a default is met by its line, else by what is newer") {
    Home home;
    home.write("p/go.mod", "module m\n\ngo 1.23\n");
    const auto missing = failure_of([&] { home.in("p"); });
    CHECK(missing.code == ExitCode::no_release);
    CHECK(missing.message.starts_with("no installed release is Go 1.23 or newer ("));
    CHECK(missing.hint == "run: gov install");
    home.install("go1.22.6");
    CHECK(failure_of([&] { home.in("p"); }).code == ExitCode::no_release);
    home.install("go1.24.13");
    CHECK(home.in("p") == "1.24.13 p/go.mod");
    home.install("go1.23.3");
    CHECK(home.in("p") == "1.23.3 p/go.mod");
}

TEST_CASE("where no installed release reaches a floor but the go on PATH does, gov stays out") {
    Home home;
    home.write("p/go.mod", "module m\n\ngo 1.23\n");
    home.write("usr/VERSION", "go1.24.1\ntime 2025-02-01T00:00:00Z\n");
    std::filesystem::permissions(home.write("usr/bin/go", ""), std::filesystem::perms::owner_all);
    home.environment.set("PATH", home.path() / "usr/bin");
    CHECK(home.in("p") == "none");
    home.write("p/go.mod", "module m\n\ngo 1.25\n");
    CHECK(failure_of([&] { home.in("p"); }).code == ExitCode::no_release);
}

TEST_CASE("Go's own variables have the say in go.mod that they have with go") {
    Home home;
    for (const char* name : {"go1.22.6", "go1.23.3", "go1.24.13"}) home.install(name);
    home.write("gov/default", "go1.22.6\n");
    home.write("p/go.mod", "module m\n\ngo 1.23\n");
    home.write("p/other.mod", "module m\n\ngo 1.24\n");
    home.write("p/go.work", "go 1.24\n");
    CHECK(home.in("p") == "1.24.13 p/go.work");
    home.environment.set("GOWORK", "off");
    CHECK(home.in("p") == "1.23.3 p/go.mod");
    home.environment.set("GOFLAGS", "-mod=mod -modfile=other.mod");
    CHECK(home.in("p") == "1.24.13 p/other.mod");
    home.environment.set("GOFLAGS", "");
    home.environment.set("GOTOOLCHAIN", "go1.24.13");
    CHECK(home.in("p") == "1.24.13 GOTOOLCHAIN");
    home.environment.set("GOTOOLCHAIN", "go1.24.13+auto");
    CHECK(home.in("p") == "1.24.13 GOTOOLCHAIN");
    home.environment.set("GOTOOLCHAIN", "local");
    CHECK(home.in("p") == "1.23.3 p/go.mod");
    home.environment.set("GO111MODULE", "off");
    CHECK(home.in("p") == "1.22.6 gov/default");
    home.environment.unset("GO111MODULE");
    home.environment.set("GOWORK", (home.path() / "elsewhere.work").native());
    home.write("elsewhere.work", "go 1.24\n");
    CHECK(home.in("p") == "1.24.13 elsewhere.work");
    CHECK(home.in("q") == "1.24.13 elsewhere.work");
}

TEST_CASE("pin files in the home directory or above it are defaults") {
    Home home;
    for (const char* name : {"go1.22.6", "go1.23.3", "go1.24.13"}) home.install(name);
    home.write("gov/default", "go1.22.6\n");
    home.write(".go-version", "1.23.3\n");
    CHECK(home.in("elsewhere") == "1.23.3 .go-version");
    home.write("home/m/go.mod", "module m\n\ngo 1.24\n");
    CHECK(home.in("home/m") == "1.24.13 home/m/go.mod");
    home.write("home/m/go.mod", "module m\n\ngo 1.23\n");
    CHECK(home.in("home/m") == "1.23.3 .go-version");
    home.write("home/.go-version", "1.24.13\n");
    CHECK(home.in("home") == "1.24.13 home/.go-version");
    CHECK(home.in("home/m") == "1.24.13 home/.go-version");
    home.write("home/m/.go-version", "1.22.6\n");
    CHECK(home.in("home/m") == "1.22.6 home/m/.go-version");
}

TEST_CASE("a toolchain line that names no published release is an error with its place") {
    Home home;
    home.write("p/go.mod", "module m\n\ngo 1.22\ntoolchain go1.22.3-bigcorp\n");
    const auto custom = failure_of([&] { home.in("p"); });
    CHECK(custom.code == ExitCode::usage);
    CHECK(custom.message.ends_with(
        "p/go.mod:4: the toolchain \"go1.22.3-bigcorp\" is no published release"));
    CHECK(custom.hint == "pin what serves here, as in: gov use 1.22");
    home.write("p/go.mod", "module m\n\ntoolchain 1.22.3\n");
    CHECK(failure_of([&] { home.in("p"); }).hint == "toolchains are named like go1.22.6");
}
