// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::Error;

namespace {

std::vector<crafted::File> samples() {
    return {
        crafted::elf({}),
        crafted::elf({.bits = 32, .order = std::endian::big, .machine = 8, .pointers = true}),
        crafted::elf({.interpreter = "/lib64/ld-linux-x86-64.so.2",
                      .needed = {"libc.so.6"},
                      .versions = {"GLIBC_2.34", "GLIBC_2.4"}}),
        crafted::macho({.with_uuid = true}),
        crafted::fat({crafted::macho({})}),
        crafted::pe({}),
        crafted::pe({.machine = 0x8664, .bits = 64}),
        crafted::plan9({}),
        crafted::plan9({.magic = 0x1EB}),
        crafted::xcoff(),
        crafted::wasm({}),
    };
}

// Reads `file` from memory that ends where it ends, so that a sanitizer sees each byte too far.
bool is_read(const crafted::File& file) {
    const std::vector<std::uint8_t> exact(file.begin(), file.end());
    try {
        read_artifact(exact);
        return true;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

TEST_CASE("a file cut at any length is refused") {
    for (const crafted::File& whole : samples()) {
        REQUIRE(is_read(whole));
        // A module of WebAssembly is whole wherever one of its sections ends.
        if (read_artifact(whole).format == Format::wasm) continue;
        for (std::size_t length = 0; length < whole.size(); ++length)
            if (is_read({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)}))
                FAIL_CHECK("read although cut to " << length << " of " << whole.size() << " bytes");
    }
}

TEST_CASE("any single changed byte is read or refused, never more") {
    for (crafted::File file : samples())
        for (std::uint8_t& byte : file) {
            const std::uint8_t good = byte;
            for (const unsigned change : {0x01U, 0x80U, 0xFFU}) {
                byte = static_cast<std::uint8_t>(good ^ change);
                is_read(file);
            }
            byte = good;
        }
    CHECK(true);
}

TEST_CASE("what is no program, or one that gov cannot read, is named") {
    const auto message_of = [](std::string_view text) {
        try {
            read_artifact(gov::base::as_bytes(text));
        } catch (const Error& error) {
            return std::string{error.what()};
        }
        return std::string{"no error"};
    };
    using namespace std::string_view_literals;
    CHECK(message_of("") == "the file is empty");
    CHECK(message_of("#!/bin/sh\n") == "unsupported format: a script, not a program");
    CHECK(message_of("\x01\xDF"sv) ==
          "unsupported format: an AIX program of 32 bits, which Go does not build");
    CHECK(message_of("!<arch>\n_go_") ==
          "unsupported format: a library (ar archive), not a program");
    CHECK(message_of("hello") == "unsupported format: no program file starts like this");
    CHECK(message_of("\0asm\1\0\0\0"sv) == "no error");
}

TEST_CASE("a directory or a missing file is an error that names it") {
    CHECK_THROWS_WITH_AS(read_artifact_file("/nonexistent"), "reading /nonexistent", Error);
    CHECK_THROWS_WITH_AS(read_artifact_file("/"), "reading /", Error);
}
