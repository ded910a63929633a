// SPDX-License-Identifier: Apache-2.0
#include "proof/checksum_database.hpp"

#include "base/format.hpp"
#include "failure.hpp"
#include "log.hpp"
#include "proof/hash_text.hpp"
#include "proof/merkle.hpp"

#include <doctest/doctest.h>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

constexpr std::int64_t size = 65536 + 256 + 77;
constexpr std::int64_t id = 41234;

std::string lookup_of(std::int64_t record) {
    return format("/lookup/{}@{}", module, version_of(record));
}

// Asks `server` about a record of the large log.
Proof ask(Answers& server, Memory& memory, std::int64_t record = id) {
    return prove(large_log().signer.verifier(), module, version_of(record), server, memory);
}

// The same with a memory that is empty.
Failure failure_of_asking(Answers& server, std::int64_t record = id) {
    MemoryInRam memory;
    const Failure failure = failure_of([&] { ask(server, memory, record); });
    CHECK(memory.note.empty());
    return failure;
}

bool refuses_answer(const std::string& answer) {
    Server server{large_log(), size};
    server.replaced[lookup_of(id)] = answer;
    return failure_of_asking(server).code == ExitCode::verification;
}

}  // namespace

TEST_CASE("what the log has for a version is proved, and the head remembered") {
    Server server{large_log(), size};
    MemoryInRam memory;
    const Proof proof = ask(server, memory);
    CHECK(proof.h1 == h1_of(id));
    CHECK(proof.database == "log.localhost");
    CHECK(proof.module == module);
    CHECK(proof.version == version_of(id));
    CHECK(proof.record_id == id);
    CHECK(proof.record == large_log().record(id));
    CHECK(proof.tree_note == large_log().note(size));
    CHECK(memory.note == large_log().note(size));
    check(proof, large_log().signer.verifier());
    CHECK(server.batches == 1);
}

TEST_CASE("upper-case letters are escaped in the path that is asked for") {
    Server server{large_log(), size};
    MemoryInRam memory;
    const auto asking = [&](std::string_view name, std::string_view version) {
        return failure_of(
            [&] { prove(large_log().signer.verifier(), name, version, server, memory); });
    };
    CHECK(asking("example.test/Big", "v1.0.0-RC1").code == ExitCode::no_release);
    CHECK(server.asked == std::vector<std::string>{"/lookup/example.test/!big@v1.0.0-!r!c1"});
    for (const char* wrong : {"", "a b", "a?b", "a#b", "a%2fb", "a@b", "../a", "a\nb", "a!b"}) {
        CAPTURE(wrong);
        CHECK(asking(wrong, "v1").code == ExitCode::usage);
        CHECK(asking("m", wrong).code == ExitCode::usage);
    }
    CHECK(server.asked.size() == 1);
}

TEST_CASE("a release that the log does not have is no release") {
    Server server{large_log(), size};
    const Failure failure = failure_of_asking(server, size + 5);
    CHECK(failure.code == ExitCode::no_release);
    CHECK(failure.message ==
          "checking example.test/m v1.0.65874 with log.localhost: there is no record of it");
    CHECK_FALSE(failure.hint.empty());
}

TEST_CASE("CVE-2026-42501: a genuine answer about something else is refused") {
    CHECK(refuses_answer(large_log().answer(id + 1, size)));
    const Log silent{{"nothing about anything\n"}};
    Server server{silent, 1};
    server.replaced[lookup_of(id)] = silent.answer(0, 1);
    CHECK(failure_of_asking(server).code == ExitCode::verification);
}

TEST_CASE("CVE-2026-56864: hashes beside the proved record are refused or passed over") {
    const std::string forged_h1 = h1_of(1);
    const std::string forged = format("{} {} {}\n", module, version_of(id), forged_h1);
    const std::string& record = large_log().record(id);
    const std::string other = large_log().record(id + 1);
    const std::string note = large_log().note(size);
    const std::string smuggling_note =
        large_log().signer.note(large_log().head(size, "\n" + forged));

    // A true record of something else, with the forged line around it in every way.
    CHECK(refuses_answer(format("{}\n{}\n{}", id + 1, other, smuggling_note)));
    CHECK(refuses_answer(format("{}\n{}{}\n{}", id + 1, other, forged, note)));
    CHECK(refuses_answer(format("{}\n{}{}\n{}", id + 1, forged, other, note)));
    CHECK(refuses_answer(format("{}\n{}\n{}\n{}", id + 1, other, forged, note)));
    CHECK(refuses_answer(format("{}\n{}\n{}{}", id + 1, other, note, forged)));
    CHECK(refuses_answer(format("{}{}\n{}\n{}", forged, id + 1, other, note)));

    // The true record, with a forged line where later lines of a head may stand.
    Server server{large_log(), size};
    server.replaced[lookup_of(id)] = format("{}\n{}\n{}", id, record, smuggling_note);
    MemoryInRam memory;
    CHECK(ask(server, memory).h1 == h1_of(id));
}

TEST_CASE("CVE-2026-56865: a forged record is refused though a forged leaf tile has it") {
    const std::string forged = format("{} {} {}\n", module, version_of(id), h1_of(1));
    const std::string path = Tile{0, id / 256, 256}.path();
    Server server{large_log(), size};
    std::string tile = *server.fetch(path);
    const Digest leaf = leaf_hash(forged);
    std::copy(leaf.begin(), leaf.end(), tile.begin() + id % 256 * 32);
    server.replaced[lookup_of(id)] = format("{}\n{}\n{}", id, forged, large_log().note(size));

    const Failure failure = failure_of_asking(server);  // the tile is genuine
    CHECK(failure.code == ExitCode::verification);
    CHECK(failure.message.find("record 41234 is not the log's") != std::string::npos);
    CHECK_FALSE(failure.hint.empty());
    server.replaced[path] = tile;
    CHECK(failure_of_asking(server).code == ExitCode::verification);  // the tile fits the record
    MemoryInRam memory;
    memory.tiles[path] = tile;
    CHECK(failure_of([&] { ask(server, memory); }).code == ExitCode::verification);
}

TEST_CASE("an answer with any one bit changed is refused") {
    const std::string answer = large_log().answer(id, size);
    for (std::size_t at = 0; at < answer.size(); ++at) {
        std::string changed = answer;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        CAPTURE(at);
        CHECK(refuses_answer(changed));
    }
}

TEST_CASE("SU10: a record's number is one that the answer's tree has") {
    const std::string rest = "\n" + large_log().record(id) + "\n" + large_log().note(size);
    for (const std::int64_t wrong : {id - 1, id + 1, size - 1, size, size + 1}) {
        CAPTURE(wrong);
        CHECK(refuses_answer(std::to_string(wrong) + rest));
    }
    for (const char* wrong : {"", "-1", "+41234", "041234", "0xa112", "41234 ", " 41234",
                              "9223372036854775807", "9223372036854775808"}) {
        CAPTURE(wrong);
        CHECK(refuses_answer(wrong + rest));
    }
    // In the larger tree that is remembered, but not in the one that came with it.
    Server server{large_log(), size};
    MemoryInRam memory;
    ask(server, memory);
    server.replaced[lookup_of(id)] = large_log().answer(id, id);
    CHECK(failure_of([&] { ask(server, memory); }).code == ExitCode::verification);
}

TEST_CASE("a tree head signed by another key is refused") {
    const Signer stranger{"log.localhost", "another key"};
    const std::string start = format("{}\n{}\n", id, large_log().record(id));
    CHECK(refuses_answer(start + stranger.note(large_log().head(size))));
    CHECK(refuses_answer(start + large_log().head(size)));
    CHECK(refuses_answer(start));
}

TEST_CASE("a source that cannot be reached is told from one that is wrong") {
    struct Unreachable : Answers {
        std::optional<std::string> fetch(const std::string&) override {
            throw Error{"no route", "look at the cable", ExitCode::unreachable};
        }
    } nowhere;
    const Failure failure = failure_of_asking(nowhere);
    CHECK(failure.code == ExitCode::unreachable);
    CHECK(failure.hint == "look at the cable");
}
