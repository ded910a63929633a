// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/policy_rules.hpp"

#include "crafted.hpp"
#include "cross/artifact/dotted_version.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

// What `policy` finds in `file`: rules, each with the first letter of its level.
std::string found(const crafted::File& file, const Policy& policy) {
    std::string rules;
    for (const Finding& finding : check_policy(read_artifact(file), file, policy)) {
        rules += rules.empty() ? "" : " ";
        rules += std::string{finding.rule} + ":" + name_of(finding.level)[0];
    }
    return rules;
}

const crafted::Elf dynamic{.interpreter = "/lib64/ld-linux-x86-64.so.2",
                           .needed = {"libc.so.6"},
                           .versions = {"GLIBC_2.34"}};

}  // namespace

TEST_CASE("without a policy only what keeps a program from starting is an error") {
    CHECK(found(crafted::elf({}), {}) == "");
    CHECK(found(crafted::macho({.with_uuid = true}), {}) == "");
    CHECK(found(crafted::macho({}), {}) == "uuid:e");
    CHECK(found(crafted::pe({}), {}) == "windows-version:n");
    CHECK(found(crafted::pe({.time_stamp = 7}), {}) == "time-stamp:w windows-version:n");
}

TEST_CASE("glibc, linking, size and revision have the limits that are set") {
    CHECK(found(crafted::elf(dynamic), {.glibc_max = "2.34"}) == "");
    CHECK(found(crafted::elf(dynamic), {.glibc_max = "2.4"}) == "glibc:e");
    CHECK(found(crafted::elf(dynamic), {.must_be_static = true}) == "static:e");
    CHECK(found(crafted::elf({}), {.must_be_static = false}) == "static:e");
    CHECK(found(crafted::elf({}), {.size_max = 100}) == "size:e");
    CHECK(found(crafted::elf({}), {.revision = "abc"}) == "revision:e");
}

TEST_CASE("DLLs are matched whatever their case, and the subsystem as asked") {
    const crafted::File pe = crafted::pe({.build = {.go_version = "go1.20", .os = "windows"}});
    CHECK(found(pe, {.dlls = {"kernel32.dll"}}) == "");
    CHECK(found(pe, {.dlls = {"user32.dll"}}) == "dll:e");
    CHECK(found(pe, {.subsystem = Subsystem::console}) == "");
    CHECK(found(pe, {.subsystem = Subsystem::gui}) == "subsystem:e");
    CHECK(found(pe, {.no_debug_info = true}) == "no-debug-info:e");
}

TEST_CASE("paths of the builder are found, and a rule's level can be set") {
    const crafted::File elf = crafted::elf(dynamic);
    CHECK(found(elf, {.builder_paths = {"/lib64/ld-linux", "/home/someone"}}) == "builder-path:w");
    Policy strict{.builder_paths = {"/lib64/ld-linux"}};
    strict.levels["builder-path"] = Level::error;
    CHECK(found(elf, strict) == "builder-path:e");
}

TEST_CASE("macOS versions are compared with the limit and with what the release needs") {
    crafted::Macho macho{.with_uuid = true, .build = {.os = "darwin", .arch = "arm64"}};
    CHECK(found(crafted::macho(macho), {.macos_max = "11.0"}) == "minimum-os:e");
    CHECK(found(crafted::macho(macho), {.macos_max = "11.0.1"}) == "");
    macho.build.go_version = "go1.27.0";
    CHECK(found(crafted::macho(macho), {}) == "minimum-os:n");
}

TEST_CASE("dotted numbers are compared part by part") {
    CHECK(compare_dotted("2.9", "2.34") < 0);
    CHECK(compare_dotted("11.0", "11") == 0);
    CHECK(compare_dotted("10.15.7", "10.15") > 0);
}
