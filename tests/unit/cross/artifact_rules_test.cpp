// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_rules.hpp"

#include "crafted.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

Expectation linux_amd64() {
    return {.os = "linux", .arch = "amd64", .go_version = "go1.22.6"};
}
Expectation darwin_arm64() {
    return {.os = "darwin", .arch = "arm64", .go_version = "go1.22.6"};
}
Expectation windows_386() {
    return {.os = "windows", .arch = "386", .go_version = "go1.22.6"};
}

// The rules that `file` breaks, joined by blanks.
std::string broken(const crafted::File& file, const Expectation& wanted) {
    std::string rules;
    for (const Finding& finding : verify(read_artifact(file), wanted))
        rules += (rules.empty() ? "" : " ") + std::string{finding.rule};
    return rules;
}

}  // namespace

TEST_CASE("what was asked for breaks no rule") {
    CHECK(broken(crafted::elf({}), linux_amd64()) == "");
    CHECK(broken(crafted::macho({}), darwin_arm64()) == "");
    CHECK(broken(crafted::pe({}), windows_386()) == "");
}

TEST_CASE("each changed fact breaks its own rule") {
    const crafted::File elf = crafted::elf({});
    CHECK(broken(crafted::replaced(elf, "go1.22.6", "go1.22.7"), linux_amd64()) == "go-version");
    CHECK(broken(crafted::replaced(elf, "GOOS=linux", "GOOS=plan9"), linux_amd64()) == "target");
    CHECK(broken(crafted::replaced(elf, "GOARCH=amd64", "GOARCH=arm64"), linux_amd64()) ==
          "target");
    CHECK(broken(crafted::replaced(elf, "CGO_ENABLED=0", "CGO_ENABLED=1"), linux_amd64()) == "cgo");
    CHECK(broken(crafted::replaced(elf, "-trimpath=true", "-trimpath=what"), linux_amd64()) ==
          "trimpath");
    CHECK(broken(crafted::replaced(elf, "\xff Go", "\xfe Go"), linux_amd64()) == "build-info");
    CHECK(broken(crafted::elf({.machine = 183}), linux_amd64()) == "machine");
    CHECK(broken(crafted::elf({.os_abi = 9}), linux_amd64()) == "os");
    CHECK(broken(crafted::elf({.type = 3}), linux_amd64()) == "kind");
    CHECK(broken(crafted::pe({.machine = 0x1c4}), windows_386()) == "machine");
    Expectation other_package = linux_amd64();
    other_package.package = "example.com/other";
    CHECK(broken(elf, other_package) == "package");
    Expectation variant = linux_amd64();
    variant.settings = {{"GOAMD64", "v3"}};
    CHECK(broken(elf, variant) == "settings");
}

TEST_CASE("the format of another system is named together with what follows from it") {
    CHECK(broken(crafted::macho({}), linux_amd64()) == "format machine os target target");
}

TEST_CASE("arm64 needs a signature, and any signature must hold") {
    CHECK(broken(crafted::macho({.is_signed = false}), darwin_arm64()) == "signature");
    crafted::File bad = crafted::macho({});
    bad[8192] ^= 1U;
    CHECK(broken(bad, darwin_arm64()) == "signature");
    const crafted::Build amd64{.os = "darwin", .arch = "amd64"};
    CHECK(broken(crafted::macho({.cpu = 0x01000007, .is_signed = false, .build = amd64}),
                 {.os = "darwin", .arch = "amd64", .go_version = "go1.22.6"}) == "");
}

TEST_CASE("of a universal file the slice that was asked for counts") {
    const crafted::File both = crafted::fat(
        {crafted::macho({.cpu = 0x01000007, .build = {.os = "darwin", .arch = "amd64"}}),
         crafted::macho({})});
    CHECK(broken(both, darwin_arm64()) == "");
    CHECK(broken(both, {.os = "darwin", .arch = "386", .go_version = "go1.22.6"}) ==
          "machine target");
}

TEST_CASE("what nobody asked for has to agree with itself") {
    const auto broken_itself = [](const crafted::File& file) {
        const Artifact artifact = read_artifact(file);
        const Findings findings = verify(artifact, expectation_of(artifact));
        return findings.empty() ? std::string_view{} : findings.front().rule;
    };
    CHECK(broken_itself(crafted::elf({.build = {.cgo = "1", .trimpath = false}})) == "");
    CHECK(broken_itself(crafted::elf({.machine = 183})) == "machine");
    CHECK(broken_itself(crafted::elf({.build = {.os = "windows"}})) == "format");
    crafted::File unsigned_program = crafted::macho({.is_signed = false});
    CHECK(broken_itself(unsigned_program) == "signature");
    // Not by Go at all, which is no fault of its own.
    CHECK(broken_itself(crafted::replaced(crafted::elf({}), "\xff Go", "\xfe Go")) == "");
}

TEST_CASE("programs for Plan 9, AIX and WebAssembly are proved by their build information too") {
    const auto wanted = [](const char* os, const char* arch) {
        return Expectation{.os = os, .arch = arch, .go_version = "go1.22.6"};
    };
    CHECK(broken(crafted::plan9({}), wanted("plan9", "amd64")) == "");
    CHECK(broken(crafted::plan9({.magic = 0x1EB}), wanted("plan9", "amd64")) == "machine");
    CHECK(broken(crafted::xcoff(), wanted("aix", "ppc64")) == "");
    CHECK(broken(crafted::xcoff(), wanted("linux", "ppc64")) == "format os target");
    CHECK(broken(crafted::wasm({}), wanted("js", "wasm")) == "");
    CHECK(broken(crafted::wasm({}), wanted("wasip1", "wasm")) == "os target");
    CHECK(broken(crafted::wasm({.imports_from = "wasi_snapshot_preview1"}), wanted("js", "wasm")) ==
          "os");
}

TEST_CASE("illumos programs have the headers of solaris") {
    const crafted::File file = crafted::elf(
        {.interpreter = "/lib/amd64/ld.so.1", .build = {.os = "illumos", .arch = "amd64"}});
    CHECK(read_artifact(file).target_os() == "illumos");
    CHECK(broken(file, {.os = "illumos", .arch = "amd64", .go_version = "go1.22.6"}) == "");
    CHECK(broken(file, {.os = "solaris", .arch = "amd64", .go_version = "go1.22.6"}) == "target");
}

TEST_CASE("releases that recorded no settings are judged by their headers") {
    crafted::Elf old{.pointers = true, .build = {.go_version = "go1.17.13", .os = "plan9"}};
    Expectation wanted = linux_amd64();
    wanted.go_version = "go1.17.13";
    CHECK(broken(crafted::elf(old), wanted) == "");
}
