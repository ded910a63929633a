// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/normalise.hpp"

#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/policy_rules.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

namespace {

std::string changes(crafted::File& file) {
    std::string text;
    for (const std::string& change : normalise(file, read_artifact(file))) text += change + ";";
    return text;
}

}  // namespace

TEST_CASE("a macOS program gets its LC_UUID once, and its signature still holds") {
    crafted::File file = crafted::macho({});
    const std::size_t size = file.size();
    CHECK(changes(file) == "LC_UUID;");
    const Artifact artifact = read_artifact(file);
    CHECK(file.size() == size);
    CHECK(artifact.has_uuid);
    CHECK(artifact.signature->problem == "");
    CHECK(check_policy(artifact, file, {}).empty());
    const crafted::File once = file;
    CHECK(changes(file) == "");
    CHECK(file == once);
}

TEST_CASE("the same content gets the same LC_UUID, other content another") {
    crafted::File first = crafted::macho({.is_signed = false});
    crafted::File same = first;
    crafted::File other = first;
    other[8200] ^= 1U;
    CHECK(changes(first) == "LC_UUID;");
    changes(same);
    changes(other);
    CHECK(first == same);
    other[8200] ^= 1U;
    CHECK(first != other);
}

TEST_CASE("nothing is done where there is no room, or where someone has signed") {
    // The section is said to start right behind the commands.
    crafted::File full = crafted::macho({});
    const std::size_t section = crafted::place_of("__go_buildinfo", full);
    full[section + 48] = 0x40;
    full[section + 49] = 0;
    CHECK(changes(full) == "");
    crafted::File other_signer = crafted::macho({});
    const std::size_t directory = crafted::place_of("\xfa\xde\x0c\x02", other_signer);
    other_signer[directory + 15] = 0;  // the flags: not ad hoc
    const crafted::File before = other_signer;
    CHECK(changes(other_signer) == "");
    CHECK(other_signer == before);
}

TEST_CASE("the time of a Windows program becomes 0, once") {
    crafted::File file = crafted::pe({.time_stamp = 0x12345678});
    CHECK(changes(file) == "time stamps;");
    CHECK(file == crafted::pe({}));
    CHECK(changes(file) == "");
}

TEST_CASE("what is neither stays as it is") {
    crafted::File file = crafted::elf({});
    CHECK(changes(file) == "");
    CHECK(file == crafted::elf({}));
}
