// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::Error;
using gov::base::full_message;

namespace {

std::string message_for(const crafted::File& file) {
    try {
        read_artifact(file);
    } catch (const std::exception& error) {
        return full_message(error);
    }
    return "no error";
}

}  // namespace

TEST_CASE("every machine that Go builds ELF programs for gets Go's name") {
    struct Case {
        std::uint16_t machine;
        int bits;
        std::endian order;
        std::string_view arch;
    };
    constexpr auto little = std::endian::little;
    constexpr auto big = std::endian::big;
    for (const Case& wanted :
         {Case{3, 32, little, "386"}, Case{62, 64, little, "amd64"}, Case{40, 32, little, "arm"},
          Case{183, 64, little, "arm64"}, Case{258, 64, little, "loong64"},
          Case{8, 32, big, "mips"}, Case{8, 32, little, "mipsle"}, Case{8, 64, big, "mips64"},
          Case{8, 64, little, "mips64le"}, Case{21, 64, big, "ppc64"},
          Case{21, 64, little, "ppc64le"}, Case{243, 64, little, "riscv64"},
          Case{22, 64, big, "s390x"}, Case{62, 64, big, ""}, Case{62, 32, little, ""},
          Case{999, 64, little, ""}}) {
        CAPTURE(wanted.arch);
        const Artifact artifact = read_artifact(
            crafted::elf({.bits = wanted.bits, .order = wanted.order, .machine = wanted.machine}));
        CHECK(artifact.format == Format::elf);
        CHECK(artifact.arch == wanted.arch);
        CHECK(artifact.machine == wanted.machine);
        CHECK(artifact.bits == wanted.bits);
        CHECK(artifact.byte_order == wanted.order);
        REQUIRE(artifact.build_info);
        CHECK(artifact.build_info->go_version == "go1.22.6");
    }
}

TEST_CASE("the system is told by the header, else the loader, else the build information") {
    const auto os_of = [](std::uint8_t abi, const char* interpreter) {
        return read_artifact(crafted::elf({.os_abi = abi, .interpreter = interpreter})).os;
    };
    CHECK(os_of(0, "").empty());
    CHECK(os_of(2, "") == "netbsd");
    CHECK(os_of(9, "") == "freebsd");
    CHECK(os_of(12, "") == "openbsd");
    CHECK(os_of(0, "/lib64/ld-linux-x86-64.so.2") == "linux");
    CHECK(os_of(0, "/lib/ld-musl-x86_64.so.1") == "linux");
    CHECK(os_of(0, "/lib/amd64/ld.so.1") == "solaris");
    CHECK(os_of(0, "/system/bin/linker64") == "android");
    CHECK(os_of(0, "/usr/libexec/ld-elf.so.2") == "dragonfly");
    CHECK(read_artifact(crafted::elf({.build = {.os = "dragonfly"}})).target_os() == "dragonfly");
}

TEST_CASE("a program with loader and libraries says which, and the glibc it needs") {
    for (const int bits : {32, 64}) {
        const Artifact artifact = read_artifact(
            crafted::elf({.bits = bits,
                          .type = 3,
                          .interpreter = "/lib64/ld-linux-x86-64.so.2",
                          .needed = {"libc.so.6", "libm.so.6"},
                          .versions = {"GLIBC_2.9", "GLIBC_2.34", "GLIBC_2.4", "GLIBC_PRIVATE"}}));
        CHECK(artifact.kind == Kind::pie);
        CHECK(artifact.interpreter == "/lib64/ld-linux-x86-64.so.2");
        CHECK(artifact.libraries == std::vector<std::string>{"libc.so.6", "libm.so.6"});
        CHECK(artifact.glibc_floor == "2.34");
        CHECK_FALSE(artifact.is_static());
    }
}

TEST_CASE("a static program is an executable, and a shared object without loader a library") {
    const Artifact program = read_artifact(crafted::elf({}));
    CHECK(program.kind == Kind::executable);
    CHECK(program.is_static());
    CHECK_FALSE(program.has_symbols);
    CHECK_FALSE(program.has_debug_info);
    CHECK_FALSE(program.executable_stack);
    CHECK(read_artifact(crafted::elf({.type = 3})).kind == Kind::shared_library);
    CHECK(read_artifact(crafted::elf({.type = 1})).kind == Kind::object);
    CHECK(read_artifact(crafted::elf({.type = 4})).kind == Kind::other);
}

TEST_CASE("without section headers the build information is found in the data segment") {
    const Artifact artifact = read_artifact(crafted::elf({.sections = false}));
    REQUIRE(artifact.build_info);
    CHECK(artifact.build_info->path == "example.com/hello");
}

TEST_CASE("an ELF file with a wrong fixed byte is refused at its offset") {
    const crafted::File good = crafted::elf({});
    const auto with = [&](std::size_t offset, std::uint8_t value) {
        crafted::File bad = good;
        bad[offset] = value;
        return message_for(bad);
    };
    CHECK(with(1, 'e') == "unsupported format: no program file starts like this");
    CHECK(with(4, 3) == "ELF file: at offset 0x4: ELF class 3");
    CHECK(with(5, 0) == "ELF file: at offset 0x5: ELF byte order 0");
    CHECK(with(6, 2) == "ELF file: at offset 0x6: ELF version 2");
    CHECK(with(20, 7) == "ELF file: at offset 0x14: an ELF version other than 1");
    CHECK(with(54, 1) == "ELF file: at offset 0x40: the table of segments with entries of 1 bytes");
    CHECK(with(62, 9).find("section names in section 9 of 3") != std::string::npos);
}

TEST_CASE("a table that claims more entries than the file holds costs no memory") {
    crafted::File file = crafted::elf({});
    file[56] = file[57] = 0xFE;  // segments
    CHECK(message_for(file) ==
          "ELF file: at offset 0x40: the table of segments with 65278 entries");
}
