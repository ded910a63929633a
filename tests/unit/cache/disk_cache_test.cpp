// SPDX-License-Identifier: Apache-2.0
#include "cache/disk_cache.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace gov;
using namespace gov::cache;
using gov::tests::Sandbox;

namespace {

constexpr std::string_view body = "an archive";
const ActionId action = base::sha256(base::as_bytes("compile fmt"));
const Entry entry{base::sha256(base::as_bytes(body)), body.size(), 1'700'000'000'000'000'001};

void age(const std::filesystem::path& file, std::chrono::hours hours) {
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - hours);
}

std::filesystem::path entry_file(const Sandbox& sandbox) {
    const std::string hex = base::to_hex(action);
    return sandbox.path() / hex.substr(0, 2) / (hex + "-a");
}

}  // namespace

TEST_CASE("what is put is found, in files as the go command writes them") {
    const Sandbox sandbox;
    const DiskCache disk{sandbox.path()};
    CHECK_FALSE(disk.find(action));
    disk.put(action, entry, base::as_bytes(body));
    CHECK(disk.find(action) == entry);
    CHECK(sandbox.read(disk.body_file(entry.output)) == body);
    CHECK(sandbox.read(entry_file(sandbox)) == "v1 " + base::to_hex(action) + " " +
                                                   base::to_hex(entry.output) +
                                                   "                   10  1700000000000000001\n");
    CHECK(disk.size().entries == 1);
    CHECK(disk.size().bytes == body.size());
}

TEST_CASE("an entry without its body, or with one of another size, is none") {
    const Sandbox sandbox;
    const DiskCache disk{sandbox.path()};
    disk.put(action, entry);
    CHECK_FALSE(disk.find(action));
    sandbox.write(disk.body_file(entry.output), "an arch");
    CHECK_FALSE(disk.find(action));
    disk.put(action, entry, base::as_bytes(body));
    CHECK(disk.find(action) == entry);
    std::filesystem::remove(disk.body_file(entry.output));
    std::filesystem::create_directory(disk.body_file(entry.output));  // as go keeps programs
    CHECK_FALSE(disk.find(action));
}

TEST_CASE("an entry's file that is damaged is none") {
    const std::string text = entry_text(action, entry);
    CHECK(parse_entry(action, text) == entry);
    CHECK_FALSE(parse_entry(base::sha256(base::as_bytes("link")), text));
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE(parse_entry(action, text.substr(0, length)));
    CHECK_FALSE(parse_entry(action, text + "\n"));
    std::string negative = text;
    negative[text.size() - 22] = '-';
    CHECK_FALSE(parse_entry(action, negative));
}

TEST_CASE("a use is noted at most once an hour") {
    const Sandbox sandbox;
    const DiskCache disk{sandbox.path()};
    disk.put(action, entry, base::as_bytes(body));
    age(entry_file(sandbox), std::chrono::hours{30});
    const auto now = std::chrono::system_clock::now();
    CHECK(disk.used_since(now).empty());
    CHECK(disk.find(action));
    REQUIRE(disk.used_since(now).size() == 1);
    CHECK(disk.used_since(now)[0] == std::pair{action, entry});
}

TEST_CASE("what was not used for five days is trimmed, once a day") {
    const Sandbox sandbox;
    const DiskCache disk{sandbox.path()};
    disk.put(action, entry, base::as_bytes(body));
    disk.trim();
    CHECK(disk.find(action));
    for (const auto& file : {entry_file(sandbox), disk.body_file(entry.output)})
        age(file, std::chrono::hours{24 * 6});
    disk.trim();  // too soon
    CHECK(std::filesystem::exists(entry_file(sandbox)));
    age(sandbox.path() / "trim.txt", std::chrono::hours{25});
    disk.trim();
    CHECK(disk.size().entries == 0);
    CHECK(disk.size().bytes == 0);
}
