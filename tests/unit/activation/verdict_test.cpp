// SPDX-License-Identifier: Apache-2.0
#include "activation/verdict.hpp"

#include "support/sandbox.hpp"
#include "support/toolchain.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::store::Places;
using gov::tests::put_toolchain;
using gov::tests::Sandbox;

namespace {

using Kind = Condition::Kind;

Verdict verdict_in(const Sandbox& sandbox, const std::string& directory) {
    return reach_verdict((sandbox.path() / directory).native(), sandbox.environment(),
                         Places::of(sandbox.environment()));
}

bool has(const Verdict& verdict, Kind kind, const std::string& path_end) {
    for (const Condition& condition : verdict.conditions)
        if (condition.kind == kind && condition.path.ends_with(path_end)) return true;
    return false;
}

std::string goroot_of(const Verdict& verdict) {
    for (const auto& [name, value] : verdict.goal.variables)
        if (name == "GOROOT") return value.value_or("unset");
    return "untouched";
}

}  // namespace

TEST_CASE("an installed pin holds while its file stays and its toolchain is there") {
    const Sandbox sandbox;
    put_toolchain(sandbox, "go1.22.6");
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    const Verdict verdict = verdict_in(sandbox, "p/sub");
    CHECK(goroot_of(verdict) == (sandbox.path() / "gov/versions/go1.22.6").native());
    CHECK(verdict.note == "");
    CHECK(has(verdict, Kind::same_time, "/p/.gotoolchain.toml"));
    CHECK(has(verdict, Kind::executable, "/versions/go1.22.6/bin/go"));
    CHECK(has(verdict, Kind::absent, "/gov/config.toml"));
    CHECK_FALSE(has(verdict, Kind::absent, "/gov/default"));  // it has no say here
}

TEST_CASE("a range holds while nothing is installed or uninstalled") {
    const Sandbox sandbox;
    put_toolchain(sandbox, "go1.22.6");
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22\"\n");
    CHECK(goroot_of(verdict_in(sandbox, "p")).ends_with("go1.22.6"));
    put_toolchain(sandbox, "go1.22.10");
    const Verdict verdict = verdict_in(sandbox, "p");
    CHECK(goroot_of(verdict).ends_with("go1.22.10"));
    CHECK(has(verdict, Kind::unchanged, "/gov/versions"));
    sandbox.write("p/.gotoolchain.toml", "go = \"1.23\"\n");
    CHECK(verdict_in(sandbox, "p").note.find("no installed release is 1.23 (") == 0);
    CHECK(has(verdict_in(sandbox, "p"), Kind::unchanged, "/gov/versions"));
}

TEST_CASE("go.mod holds while Go's variables and files stay as they are") {
    const Sandbox sandbox;
    put_toolchain(sandbox, "go1.22.6");
    sandbox.write("p/go.mod", "module m\n\ngo 1.22.0\n");
    const Verdict verdict = verdict_in(sandbox, "p");
    CHECK(goroot_of(verdict).ends_with("go1.22.6"));
    CHECK(has(verdict, Kind::is_unset, "GOWORK"));
    CHECK(has(verdict, Kind::is_unset, "GOFLAGS"));
    CHECK(has(verdict, Kind::absent, "/go/env"));
    CHECK(has(verdict, Kind::absent, "/gov/default"));
    CHECK(has(verdict, Kind::unchanged, "/gov/versions"));
}

TEST_CASE("a missing release gives the stand-in until it is installed") {
    const Sandbox sandbox;
    const auto pin = sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    const Verdict verdict = verdict_in(sandbox, "p");
    CHECK(verdict.note ==
          "go1.22.6 is not installed (" + pin.native() + ":1); run: gov install go1.22.6");
    CHECK(goroot_of(verdict) == "unset");
    CHECK(verdict.goal.entries ==
          std::vector<std::string>{(sandbox.path() / "gov/shims").native()});
    CHECK(has(verdict, Kind::not_executable, "/versions/go1.22.6/bin/go"));
    for (const char* name : {"go", "gofmt"})
        CHECK(std::filesystem::read_symlink(sandbox.path() / "gov/shims" / name) ==
              std::filesystem::read_symlink("/proc/self/exe"));
}

TEST_CASE("a pin that cannot be read gives the stand-in until it changes") {
    const Sandbox sandbox;
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\ngoo = 1\n");
    std::filesystem::create_directories(sandbox.path() / "q/.gotoolchain.toml");
    for (const char* directory : {"p", "q"}) {
        CAPTURE(directory);
        const Verdict verdict = verdict_in(sandbox, directory);
        CHECK(verdict.note.find(".gotoolchain.toml") != std::string::npos);
        CHECK(goroot_of(verdict) == "unset");
        CHECK(has(verdict, Kind::same_time, "/.gotoolchain.toml"));
    }
    CHECK(verdict_in(sandbox, "p").note.ends_with("unknown key \"goo\"; did you mean \"go\"?"));
}

TEST_CASE("a default gets PATH alone, and holds while it stays the default") {
    const Sandbox sandbox;
    put_toolchain(sandbox, "go1.22.6");
    sandbox.write("gov/default", "go1.22.6\n");
    const Verdict verdict = verdict_in(sandbox, "anywhere");
    CHECK(verdict.goal.variables.empty());
    CHECK(verdict.goal.entries.size() == 1);
    CHECK(has(verdict, Kind::unchanged, "/gov/default"));
}

TEST_CASE("without pin and default nothing is wanted") {
    const Sandbox sandbox;
    const Verdict verdict = verdict_in(sandbox, "");
    CHECK(goroot_of(verdict) == "untouched");
    CHECK(verdict.goal.entries.empty());
    CHECK(verdict.note == "");
}

TEST_CASE("where the state directory cannot be written the verdict does not hold") {
    const Sandbox sandbox;
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    sandbox.write("home/.local/state", "a file");
    CHECK(has(verdict_in(sandbox, "p"), Kind::never, "/p/.gotoolchain.toml"));
}

TEST_CASE("a GOV_HOME that cannot stand on PATH is said, and no other Go gets GOROOT") {
    const Sandbox sandbox;
    auto environment = sandbox.environment();
    environment.set("GOV_HOME", (sandbox.path() / "a:b").native());
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    const Verdict verdict =
        reach_verdict((sandbox.path() / "p").native(), environment, Places::of(environment));
    CHECK(verdict.note.find("cannot stand on PATH") != std::string::npos);
    CHECK(goroot_of(verdict) == "unset");
    CHECK(verdict.goal.entries.empty());
}
