// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/universal.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace gov::cross;

namespace {

void write(const std::filesystem::path& path, const crafted::File& file) {
    std::ofstream out{path, std::ios::binary};
    out.write(reinterpret_cast<const char*>(file.data()),
              static_cast<std::streamsize>(file.size()));
}

}  // namespace

TEST_CASE("a universal program has each slice at its machine's page, the smaller pages first") {
    const gov::tests::Sandbox sandbox;
    const auto arm = sandbox.path() / "arm";
    const auto intel = sandbox.path() / "intel";
    const auto both = sandbox.path() / "both";
    write(arm, crafted::macho({.with_uuid = true}));
    write(intel, crafted::macho({.cpu = 0x01000007, .with_uuid = true}));
    write_universal({arm, intel}, both);
    const Artifact artifact = read_artifact_file(both);
    REQUIRE(artifact.slices.size() == 2);
    CHECK(artifact.slices[0].arch == "amd64");
    CHECK(artifact.slices[1].arch == "arm64");
    for (const Artifact& slice : artifact.slices) CHECK(slice.signature->problem == "");
    CHECK_THROWS_AS(write_universal({arm, arm}, both), gov::base::Error);
    write(intel, crafted::elf({}));
    CHECK_THROWS_AS(write_universal({arm, intel}, both), gov::base::Error);
}
