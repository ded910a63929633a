// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::full_message;

TEST_CASE("a PE program says its machine, subsystem, libraries and time stamp") {
    const Artifact artifact = read_artifact(crafted::pe({.time_stamp = 1700000000}));
    CHECK(artifact.format == Format::pe);
    CHECK(artifact.os == "windows");
    CHECK(artifact.arch == "386");
    CHECK(artifact.bits == 32);
    CHECK(artifact.kind == Kind::pie);
    CHECK(artifact.minimum_os == "6.1");
    CHECK(artifact.subsystem == Subsystem::console);
    CHECK(artifact.libraries == std::vector<std::string>{"kernel32.dll"});
    CHECK(artifact.time_stamp == 1700000000);
    CHECK(artifact.has_symbols);
    CHECK(artifact.has_debug_info);
    CHECK_FALSE(artifact.has_authenticode);
    REQUIRE(artifact.build_info);
    CHECK(artifact.build_info->setting("GOARCH") == "386");
}

TEST_CASE("the machines of Windows get Go's names, in their own width only") {
    const auto arch_of = [](std::uint16_t machine, int bits) {
        return read_artifact(crafted::pe({.machine = machine, .bits = bits})).arch;
    };
    CHECK(arch_of(0x8664, 64) == "amd64");
    CHECK(arch_of(0xaa64, 64) == "arm64");
    CHECK(arch_of(0x1c4, 32) == "arm");
    CHECK(arch_of(0x8664, 32).empty());
    CHECK(arch_of(0x14c, 64).empty());
    CHECK(arch_of(0x200, 64).empty());
}

TEST_CASE("a window program is told from a console program") {
    CHECK(read_artifact(crafted::pe({.subsystem = 2})).subsystem == Subsystem::gui);
    CHECK(read_artifact(crafted::pe({.subsystem = 10})).subsystem == Subsystem::other);
}

TEST_CASE("a DOS program and a wrong optional header are refused at their offset") {
    const auto message_with = [](std::size_t offset, std::uint8_t value) {
        crafted::File file = crafted::pe({});
        file[offset] = value;
        try {
            read_artifact(file);
        } catch (const std::exception& error) {
            return full_message(error);
        }
        return std::string{"no error"};
    };
    CHECK(message_with(0x80, 'Q') ==
          "PE file: at offset 0x80: a DOS program, or the PE signature is damaged");
    CHECK(message_with(0x98, 0) == "PE file: at offset 0x98: PE magic 0x100");
}
