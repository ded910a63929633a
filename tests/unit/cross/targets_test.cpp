// SPDX-License-Identifier: Apache-2.0
#include "cross/targets.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

constexpr const char* table = R"(package platform

var List = []OSArch{
	{"aix", "ppc64"},
	{"darwin", "arm64"},
	{"linux", "386"},
	{"linux", "amd64"},
	{"linux", "sparc64"},
	{"windows", "386"},
}

var distInfo = map[OSArch]osArchInfo{
	{"darwin", "arm64"}:  {CgoSupported: true, FirstClass: true},
	{"linux", "sparc64"}: {CgoSupported: true, Broken: true},
}
)";

std::string names_of(const std::vector<Platform>& targets) {
    std::string names;
    for (const Platform& target : targets) names += target.str() + " ";
    return names;
}

}  // namespace

TEST_CASE("a toolchain's own table names its targets, the broken ones left out") {
    CHECK(names_of(parse_target_table(table)) ==
          "aix/ppc64 darwin/arm64 linux/386 linux/amd64 windows/386 ");
    const Sandbox sandbox;
    sandbox.write("goroot/src/internal/platform/zosarch.go", table);
    CHECK(known_targets(sandbox.path() / "goroot").size() == 5);
}

TEST_CASE("a toolchain without targets is an error") {
    const Sandbox sandbox;
    sandbox.write("goroot/src/internal/platform/zosarch.go", "package platform\n");
    CHECK(failure_of([&] { known_targets(sandbox.path() / "goroot"); }).code == ExitCode::failed);
}

TEST_CASE("a target that Go knows is taken, any other refused with the nearest one") {
    const auto known = parse_target_table(table);
    CHECK(expand_targets({"linux/386"}, known) == std::vector<Target>{{{"linux", "386"}}});
    const auto hint_for = [&](const char* text) {
        const auto failure = failure_of([&] { expand_targets({text}, known); });
        CHECK(failure.code == ExitCode::usage);
        return failure.hint;
    };
    CHECK(hint_for("macos/arm64") == "did you mean darwin/arm64?");
    CHECK(hint_for("windows/i386") == "did you mean windows/386?");
    CHECK(hint_for("linux/x86_64") == "did you mean linux/amd64?");
    CHECK(hint_for("linux/adm64") == "did you mean linux/amd64?");
    CHECK(hint_for("linux/sparc64").starts_with("did you mean linux/"));
    CHECK(hint_for("zos/z80").starts_with("a target is GOOS/GOARCH"));
    CHECK(hint_for("linux").starts_with("a target is GOOS/GOARCH"));
    CHECK(hint_for("").starts_with("a target is GOOS/GOARCH"));
    CHECK(hint_for("@most").starts_with("the groups are"));
}

TEST_CASE("patterns name targets, each once and in their order, and take them away") {
    const auto known = parse_target_table(table);
    const auto expanded = [&](const std::vector<std::string>& patterns) {
        std::string names;
        for (const Target& target : expand_targets(patterns, known)) names += target.str() + " ";
        return names;
    };
    CHECK(expanded({}) == "linux/amd64 darwin/arm64 windows/386 ");
    CHECK(expanded({"*/386", "linux/*"}) == "linux/386 windows/386 linux/amd64 ");
    CHECK(expanded({"@all", "!linux/*", "!aix/ppc64"}) == "darwin/arm64 windows/386 ");
    CHECK(expanded({"@first-class"}) == "darwin/arm64 linux/386 linux/amd64 windows/386 ");
    CHECK(expanded({"linux/amd64/v3", "linux/amd64"}) == "linux/amd64/v3 linux/amd64 ");
    CHECK(failure_of([&] { expanded({"linux/*", "!*/*"}); }).code == ExitCode::usage);
}

TEST_CASE("a variant is a setting of its architecture, and part of the name") {
    const Target arm{{"linux", "arm"}, "7"};
    CHECK(arm.variant_setting() == "GOARM");
    CHECK(arm.variant_name() == "v7");
    const Target amd64{{"linux", "amd64"}, "v3"};
    CHECK(amd64.variant_setting() == "GOAMD64");
    CHECK(amd64.variant_name() == "v3");
    CHECK(matches("linux/*", amd64));
    CHECK(matches("*/amd64/v3", amd64));
    CHECK_FALSE(matches("linux/amd64/v4", amd64));
    CHECK(Target{{"linux", "loong64"}}.variant_setting().empty());
}
