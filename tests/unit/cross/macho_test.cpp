// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::Error;

TEST_CASE("a Mach-O program says its machine, system, libraries and signature") {
    const Artifact artifact = read_artifact(crafted::macho({}));
    CHECK(artifact.format == Format::macho);
    CHECK(artifact.os == "darwin");
    CHECK(artifact.arch == "arm64");
    CHECK(artifact.bits == 64);
    CHECK(artifact.kind == Kind::pie);
    CHECK(artifact.minimum_os == "11.0.1");
    CHECK(artifact.interpreter == "/usr/lib/dyld");
    CHECK(artifact.libraries == std::vector<std::string>{"/usr/lib/libSystem.B.dylib"});
    CHECK(artifact.has_symbols);
    CHECK_FALSE(artifact.has_uuid);
    REQUIRE(artifact.signature);
    CHECK(artifact.signature->ad_hoc);
    CHECK(artifact.signature->identifier == "a.out");
    CHECK(artifact.signature->problem == "");
    REQUIRE(artifact.build_info);
    CHECK(artifact.build_info->setting("GOOS") == "darwin");
}

TEST_CASE("an unsigned program with LC_UUID is read as such") {
    const Artifact artifact = read_artifact(crafted::macho(
        {.cpu = 0x01000007, .with_uuid = true, .is_signed = false, .build = {.arch = "amd64"}}));
    CHECK(artifact.arch == "amd64");
    CHECK(artifact.has_uuid);
    CHECK_FALSE(artifact.signature);
}

TEST_CASE("one flipped bit on any page breaks the signature and names the page") {
    const crafted::File good = crafted::macho({});
    for (const std::size_t offset :
         {std::size_t{4095}, std::size_t{8191}, std::size_t{8192 + 50}}) {
        crafted::File bad = good;
        bad[offset] ^= 1U;
        const Artifact artifact = read_artifact(bad);
        REQUIRE(artifact.signature);
        CHECK(artifact.signature->problem == "page " + std::to_string(offset / 4096) +
                                                 " at offset " +
                                                 (offset < 4096   ? "0x0"
                                                  : offset < 8192 ? "0x1000"
                                                                  : "0x2000") +
                                                 " has another hash");
    }
}

TEST_CASE("a changed page hash breaks the signature as well") {
    crafted::File bad = crafted::macho({});
    bad.back() ^= 1U;
    CHECK(read_artifact(bad).signature->problem == "page 2 at offset 0x2000 has another hash");
}

TEST_CASE("a universal file is its first slice and lists all") {
    const Artifact artifact = read_artifact(crafted::fat(
        {crafted::macho({.cpu = 0x01000007, .build = {.os = "darwin", .arch = "amd64"}}),
         crafted::macho({})}));
    CHECK(artifact.arch == "amd64");
    REQUIRE(artifact.slices.size() == 2);
    CHECK(artifact.slices[1].arch == "arm64");
    CHECK(artifact.slices[1].signature->problem == "");
    CHECK(artifact.slices[1].build_info->setting("GOARCH") == "arm64");
}

TEST_CASE("a Java class file, which shares the magic of universal files, is no program") {
    const crafted::File java{0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52, 0, 0, 0, 0};
    CHECK_THROWS_AS(read_artifact(java), Error);
}
