// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_diff.hpp"

#include "crafted.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

ArtifactDiff diff_of(const crafted::File& left, const crafted::File& right) {
    const Artifact a = read_artifact(left);
    const Artifact b = read_artifact(right);
    return diff({left, a}, {right, b});
}

}  // namespace

TEST_CASE("a file does not differ from itself") {
    for (const crafted::File& file :
         {crafted::elf({}), crafted::macho({}), crafted::pe({}), crafted::wasm({})})
        CHECK(to_text(diff_of(file, file)) == "no difference\n");
}

TEST_CASE("every byte of a file belongs to one region") {
    for (const crafted::File& file :
         {crafted::elf({}), crafted::fat({crafted::macho({}), crafted::macho({})}), crafted::pe({}),
          crafted::plan9({.symbols = 9}), crafted::xcoff(), crafted::wasm({})}) {
        std::uint64_t at = 0;
        for (const Region& region : all_regions(file, read_artifact(file))) {
            CHECK(region.offset == at);
            at = region.offset + region.size;
        }
        CHECK(at == file.size());
    }
}

TEST_CASE("empty regions, and regions within others, add nothing") {
    const std::vector<std::uint8_t> file(100);
    Artifact artifact;
    artifact.regions = {{"all", 0, 60}, {"empty", 10, 0}, {"inside", 20, 5}, {"far", 200, 1}};
    const std::vector<Region> regions = all_regions(file, artifact);
    REQUIRE(regions.size() == 2);
    CHECK(regions[0].size == 60);
    CHECK(regions[1].name == "after all");
    CHECK(regions[1].size == 40);
}

TEST_CASE("a changed byte is found in its region, and as a fact where it is one") {
    const crafted::File file = crafted::elf({});
    crafted::File other = crafted::replaced(file, "go1.22.6", "go1.22.7");
    const ArtifactDiff difference = diff_of(file, other);
    REQUIRE(difference.regions.size() == 1);
    CHECK(difference.regions[0].name == ".go.buildinfo");
    CHECK(difference.regions[0].bytes == 1);
    CHECK(difference.regions[0].left_offset == crafted::place_of("go1.22.6", file) + 7);
    REQUIRE(difference.facts.size() == 1);
    CHECK(difference.facts[0].name == "build_info.go_version");
    CHECK(difference.facts[0].right == "go1.22.7");
}

TEST_CASE("what only one of them has is named") {
    const crafted::File file = crafted::plan9({});
    const ArtifactDiff difference = diff_of(file, crafted::plan9({.symbols = 12}));
    REQUIRE(difference.regions.size() == 2);
    CHECK(difference.regions[0].name == "headers");
    CHECK(difference.regions[1].name == "symbols");
    CHECK_FALSE(difference.regions[1].left_size);
    CHECK(difference.regions[1].bytes == 12);
}
