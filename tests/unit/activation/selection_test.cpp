// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"

#include "store/links.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"
#include "support/toolchain.hpp"
#include "trust/records.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::Environment;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::failure_of;
using gov::tests::put_toolchain;
using gov::tests::put_unproved_toolchain;
using gov::tests::Sandbox;

namespace {

std::optional<Selection> selected(const Sandbox& sandbox, const std::string& directory,
                                  const Environment& environment) {
    return select(sandbox.path() / directory, environment, Places::of(environment));
}

std::string version_in(const Sandbox& sandbox, const std::string& directory) {
    const auto selection = selected(sandbox, directory, sandbox.environment());
    return selection ? selection->version.name() : "none";
}

// What is said of a floor that `pin` misses where go.mod says `go_line`; empty: nothing.
std::string complaint(const std::string& pin, const std::string& go_line) {
    const Sandbox sandbox;
    sandbox.write("p/.gotoolchain.toml", "go = \"" + pin + "\"\n");
    sandbox.write("p/m/go.mod", "module m\n\ngo " + go_line + "\n");
    const auto landmarks = landmarks_of((sandbox.path() / "p/m").native());
    const auto selection = selected(sandbox, "p/m", sandbox.environment());
    const auto missed = missed_floor(*selection, landmarks);
    return missed ? describe_missed_floor(*selection, *missed) : "";
}

}  // namespace

TEST_CASE("the nearest pin chooses, one without a go line passes on to the next") {
    const Sandbox sandbox;
    sandbox.write(".gotoolchain.toml", "go = \"1.22.6\"\n");
    sandbox.write("a/.gotoolchain.toml", "# nothing yet\n");
    sandbox.write("a/b/.gotoolchain.toml", "go = \"1.24.13\"\n");
    CHECK(version_in(sandbox, "") == "go1.22.6");
    CHECK(version_in(sandbox, "a") == "go1.22.6");
    CHECK(version_in(sandbox, "a/b/c/d") == "go1.24.13");
}

TEST_CASE("a pin says where it stands") {
    const Sandbox sandbox;
    sandbox.write("p/.gotoolchain.toml", "# why\n\ngo = \"1.22.6\"\n");
    const auto selection = selected(sandbox, "p", sandbox.environment());
    CHECK(selection->origin == Origin::pin);
    CHECK(selection->reason() == (sandbox.path() / "p/.gotoolchain.toml").native() + ":3");
}

TEST_CASE("the session's version goes before every pin, and every pin before the default") {
    const Sandbox sandbox;
    sandbox.write("gov/default", "go1.23.3\n");
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    CHECK(version_in(sandbox, "") == "go1.23.3");
    CHECK(version_in(sandbox, "p") == "go1.22.6");
    Environment environment = sandbox.environment();
    environment.set("GOV_VERSION", "1.24.13");
    CHECK(selected(sandbox, "p", environment)->version.name() == "go1.24.13");
    CHECK(selected(sandbox, "p", environment)->reason() == "GOV_VERSION");
    environment.set("GOV_VERSION", "");
    CHECK(selected(sandbox, "p", environment)->version.name() == "go1.22.6");
}

TEST_CASE("where nothing chooses, or the release is missing, the error says what to do") {
    const Sandbox sandbox;
    const Environment environment = sandbox.environment();
    const auto require = [&] {
        require_selection(sandbox.path(), environment, Places::of(environment));
    };
    CHECK(failure_of(require).code == ExitCode::no_release);
    CHECK(failure_of(require).hint ==
          "pin one with gov use VERSION, or choose gov default VERSION");
    sandbox.write(".gotoolchain.toml", "go = \"1.22.6\"\n");
    CHECK(failure_of(require).code == ExitCode::no_release);
    CHECK(failure_of(require).message.starts_with("go1.22.6 is not installed ("));
    CHECK(failure_of(require).hint == "run: gov install go1.22.6");
}

TEST_CASE("a version that cannot be read is an error that names what holds it") {
    const Sandbox sandbox;
    Environment environment = sandbox.environment();
    environment.set("GOV_VERSION", "1.22.6.1");
    const auto session = failure_of([&] { selected(sandbox, "", environment); });
    CHECK(session.code == ExitCode::usage);
    CHECK(session.message == "reading GOV_VERSION: \"1.22.6.1\" is not a Go version");
    sandbox.write(".gotoolchain.toml", "go = 1.22\n");
    const auto pin = failure_of([&] { selected(sandbox, "", sandbox.environment()); });
    CHECK(pin.code == ExitCode::usage);
    CHECK(pin.message.find(".gotoolchain.toml:1:") != std::string::npos);
}

TEST_CASE("a pin below go.mod's floor is told, with what follows from it") {
    CHECK(complaint("1.22.6", "1.22.6") == "");
    CHECK(complaint("1.22.6", "1.22") == "");
    CHECK(complaint("1.23.0", "1.23") == "");
    CHECK(complaint("1.23rc1", "1.23.0").find("requires go >= 1.23.0") != std::string::npos);
    const std::string told = complaint("1.22.6", "1.23");
    CHECK(told.find("m/go.mod requires go >= 1.23 but the pin is 1.22.6 (") != std::string::npos);
    CHECK(told.ends_with("; under GOTOOLCHAIN=local every go command will fail"));
    CHECK(complaint("1.19.1", "1.20").ends_with(".gotoolchain.toml:1)"));
}

TEST_CASE("a go.work sets the floor before every go.mod, and a default misses none") {
    const Sandbox sandbox;
    sandbox.write("go.work", "go 1.24\n");
    sandbox.write("m/go.mod", "go 1.20\n");
    sandbox.write("gov/default", "go1.24.1\n");
    const auto landmarks = landmarks_of((sandbox.path() / "m").native());
    const auto fallback = selected(sandbox, "m", sandbox.environment());
    CHECK(fallback->origin == Origin::fallback);
    CHECK_FALSE(missed_floor(*fallback, landmarks));
    sandbox.write("m/.gotoolchain.toml", "go = \"1.22.6\"\n");
    const auto pinned = selected(sandbox, "m", sandbox.environment());
    CHECK(missed_floor(*pinned, landmarks)->version.number() == "1.24");
}

namespace {

// Allows the .gotoolchain.toml of the directory as it is.
void allow(const Sandbox& sandbox, const std::string& directory) {
    const auto path = sandbox.path() / directory / ".gotoolchain.toml";
    const std::string text = sandbox.read(directory + "/.gotoolchain.toml");
    const auto file = gov::project::parse_project_file(path, text);
    gov::trust::write_record(
        Places::of(sandbox.environment()),
        {gov::trust::Record::Word::allowed, false, 1, gov::trust::read_claim(path, text, file)});
}

gov::tests::Failure failure_in(const Sandbox& sandbox, const std::string& directory) {
    return failure_of([&] { selected(sandbox, directory, sandbox.environment()); });
}

}  // namespace

TEST_CASE("a file selects a release that nothing proved only where it was allowed") {
    const Sandbox sandbox;
    put_unproved_toolchain(sandbox, "go1.22.6");
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    sandbox.write("v/.go-version", "1.22.6\n");
    sandbox.write("m/go.mod", "module m\n\ngo 1.22.6\n");
    for (const char* directory : {"p", "v", "m"}) {
        CAPTURE(directory);
        const auto failure = failure_in(sandbox, directory);
        CHECK(failure.code == ExitCode::not_trusted);
        CHECK(failure.message.starts_with("nothing proved go1.22.6 when it was installed, and "));
        CHECK((failure.hint.find("gov allow") != std::string::npos) == (directory[0] == 'p'));
        CHECK(failure.hint.find("gov shell go1.22.6; or have it proved") != std::string::npos);
    }
    allow(sandbox, "p");
    CHECK(selected(sandbox, "p", sandbox.environment())->toolchain);
    sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n#\n");
    CHECK(failure_in(sandbox, "p").code == ExitCode::not_trusted);
    put_toolchain(sandbox, "go1.22.6");
    for (const char* directory : {"p", "v", "m"})
        CHECK(version_in(sandbox, directory) == "go1.22.6");
}

TEST_CASE("who asks by hand, or sets a default, may have what nothing proved") {
    const Sandbox sandbox;
    put_unproved_toolchain(sandbox, "go1.22.6");
    sandbox.write("gov/default", "go1.22.6\n");
    CHECK(selected(sandbox, "", sandbox.environment())->toolchain);
    Environment environment = sandbox.environment();
    environment.set("GOV_VERSION", "1.22");
    CHECK(selected(sandbox, "", environment)->toolchain);
}

TEST_CASE(
    "a range means the newest release that something proved, and a lock is not consented to") {
    const Sandbox sandbox;
    put_unproved_toolchain(sandbox, "go1.22.7");
    sandbox.write("p/.gotoolchain.toml", "go = \"^1.22\"\n");
    allow(sandbox, "p");
    CHECK(version_in(sandbox, "p") == "go1.22.7");
    put_toolchain(sandbox, "go1.22.5");
    put_toolchain(sandbox, "go1.22.6");
    CHECK(version_in(sandbox, "p") == "go1.22.6");
    sandbox.write("p/.gotoolchain.lock", "pin ^1.22\nrelease go1.22.7\n");
    const auto failure = failure_in(sandbox, "p");
    CHECK(failure.code == ExitCode::not_trusted);
    CHECK(failure.hint.find("gov allow") == std::string::npos);
}

TEST_CASE("a file selects a linked toolchain only where it was allowed") {
    const Sandbox sandbox;
    const auto goroot = put_unproved_toolchain(sandbox, "own");
    sandbox.write("gov/versions/own/VERSION", "go1.22.3\n");
    gov::store::link(Places::of(sandbox.environment()), "tip", goroot);
    sandbox.write("p/.gotoolchain.toml", "go = \"tip\"\n");
    sandbox.write("v/.go-version", "tip\n");
    const auto failure = failure_in(sandbox, "p");
    CHECK(failure.code == ExitCode::not_trusted);
    CHECK(failure.message.starts_with("tip is a linked toolchain, which nothing proves, and "));
    CHECK(failure.hint ==
          "see the file and allow it: gov allow; or for this session: gov shell tip");
    CHECK(failure_in(sandbox, "v").hint == "for this session: gov shell tip");
    allow(sandbox, "p");
    CHECK(selected(sandbox, "p", sandbox.environment())->name() == "tip");
    sandbox.write("p/.gotoolchain.toml", "go = \"gone\"\n");
    CHECK(failure_in(sandbox, "p").code == ExitCode::usage);
}
