// SPDX-License-Identifier: Apache-2.0
#include "proof/contradiction.hpp"

#include "failure.hpp"
#include "log.hpp"
#include "proof/checksum_database.hpp"
#include "proof/hash_text.hpp"

#include <doctest/doctest.h>

#include <bit>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

const Verifier verifier = Signer{}.verifier();

Failure ask(Answers& server, Memory& memory, std::int64_t id) {
    return failure_of([&] { prove(verifier, module, version_of(id), server, memory); });
}

// A memory that has seen `log` at `size`.
struct MemoryOf : MemoryInRam {
    MemoryOf(const Log& log, std::int64_t size) {
        Server server{log, size};
        REQUIRE(ask(server, *this, 0).code == ExitCode::done);
    }
};

// The roots of the older and the newer tree that a consistency path leads to (RFC 9162 section
// 2.1.4.2, which is RFC 6962's proof with the way to check it written out).
std::pair<Digest, Digest> roots_by(std::int64_t older, std::int64_t newer, const Digest& prefix,
                                   std::vector<Digest> path) {
    auto first = std::uint64_t(older - 1);
    auto second = std::uint64_t(newer - 1);
    if (std::has_single_bit(std::uint64_t(older))) path.insert(path.begin(), prefix);
    for (; (first & 1U) != 0; first >>= 1U) second >>= 1U;
    Digest older_root = path.at(0);
    Digest newer_root = path.at(0);
    for (std::size_t i = 1; i < path.size(); ++i) {
        REQUIRE(second != 0);
        if ((first & 1U) != 0 || first == second) {
            older_root = node_hash(path[i], older_root);
            newer_root = node_hash(path[i], newer_root);
            for (; (first & 1U) == 0 && first != 0; first >>= 1U) second >>= 1U;
        } else {
            newer_root = node_hash(newer_root, path[i]);
        }
        first >>= 1U;
        second >>= 1U;
    }
    CHECK(second == 0);
    return {older_root, newer_root};
}

// What someone does who gets an evidence file and nothing else.
void check_evidence(const std::string& text) {
    const Json evidence = Json::parse(text);
    const TreeHead older = open_tree_head(std::string{evidence.text("older_note")}, verifier).head;
    const TreeHead newer = open_tree_head(std::string{evidence.text("newer_note")}, verifier).head;
    const Digest prefix = *hash_from_text(evidence.text("prefix_root"));
    CHECK(prefix != older.root);
    std::vector<Digest> path;
    for (const Json& hash : *evidence.find("path")->as_array())
        path.push_back(*hash_from_text(*hash.as_string()));
    if (older.size == newer.size) {
        CHECK(path.empty());
        CHECK(prefix == newer.root);
        return;
    }
    const auto [older_root, newer_root] = roots_by(older.size, newer.size, prefix, path);
    CHECK(older_root == prefix);
    CHECK(newer_root == newer.root);
}

void check_contradiction(const Failure& failure, const MemoryInRam& memory,
                         const std::string& remembered) {
    CHECK(failure.code == ExitCode::log_contradiction);
    CHECK(memory.note == remembered);
    check_evidence(memory.evidence);
}

}  // namespace

TEST_CASE("a log that changes any record seen before contradicts itself, and that is provable") {
    const Log log{300};
    for (std::int64_t k = 0; k < 70; ++k) {
        CAPTURE(k);
        const Log fork{300, k};
        MemoryOf memory{log, 70};
        Server server{fork, 300};
        check_contradiction(ask(server, memory, 5), memory, log.note(70));
    }
}

TEST_CASE("a log that differs only in records not seen before just grows") {
    const Log log{70};
    for (const std::int64_t k : {70, 71, 299}) {
        const Log fork{300, k};
        MemoryOf memory{log, 70};
        Server server{fork, 300};
        CHECK(ask(server, memory, 5).code == ExitCode::done);
        CHECK(memory.note == fork.note(300));
    }
}

TEST_CASE("two heads of one size with different roots contradict each other without any tile") {
    const Log log{70};
    const Log fork{70, 69};
    MemoryOf memory{log, 70};
    Server server{fork, 70};
    check_contradiction(ask(server, memory, 5), memory, log.note(70));
    CHECK(server.batches == 0);
}

TEST_CASE("an older head that is no beginning of the one remembered contradicts it") {
    const Log log{300};
    for (std::int64_t k = 0; k < 70; ++k) {
        CAPTURE(k);
        const Log fork{70, k};
        MemoryOf memory{log, 300};
        Server server{log, 300};  // its tiles are those of the tree we remember
        server.replaced["/lookup/example.test/m@v1.0.5"] = fork.answer(5, 70);
        check_contradiction(ask(server, memory, 5), memory, log.note(300));
    }
}

TEST_CASE("a fork that hides the tiles of the tree we remember is refused all the same") {
    const Log log{300};
    for (std::int64_t k = 0; k < 300; ++k) {
        CAPTURE(k);
        const Log fork{300, k};
        MemoryOf memory{log, 300};
        memory.tiles.clear();
        Server server{fork, 70};
        CHECK(ask(server, memory, 5).code == ExitCode::verification);
        CHECK(memory.note == log.note(300));
        CHECK(memory.tiles.empty());
    }
}

TEST_CASE("a contradiction is told before what is missing besides") {
    const Log log{600};
    MemoryOf memory{log, 600};
    const Log fork{512, 100};
    Server server{fork, 512};
    server.replaced["/tile/8/0/001"] = std::nullopt;  // where the record is
    check_contradiction(ask(server, memory, 300), memory, log.note(600));
}

TEST_CASE("SU15: an older head is accepted as a proved beginning and never remembered") {
    const Log log{300};
    MemoryOf memory{log, 300};
    memory.before_replacing = [] { FAIL("there is nothing to remember"); };
    for (const std::int64_t older : {6, 70, 255, 256, 257, 299, 300}) {
        CAPTURE(older);
        Server server{log, older};
        CHECK(ask(server, memory, 5).code == ExitCode::done);
        CHECK(memory.note == log.note(300));
    }
}

TEST_CASE("SU18: a remembered head that the database did not sign is refused") {
    const Log log{300};
    const std::string note = log.note(70);
    const Signer stranger{"log.localhost", "another key"};
    for (const std::string& wrong :
         {note.substr(0, 40), note.substr(0, note.size() - 1), log.head(70), std::string{"\n"},
          stranger.note(log.head(70)), log.signer.note("another text\n"), std::string(100, '\0')}) {
        CAPTURE(wrong);
        MemoryInRam memory;
        memory.note = wrong;
        Server server{log, 300};
        const Failure failure = ask(server, memory, 5);
        CHECK(failure.code == ExitCode::verification);
        CHECK(failure.message.find("remembered in memory") != std::string::npos);
        CHECK(failure.hint.find("that file") != std::string::npos);
        CHECK(memory.note == wrong);
    }
}

TEST_CASE("SU18: a remembered head from the future is proved with its own tiles or refused") {
    const Log log{600};
    MemoryInRam memory;
    memory.note = log.note(600);
    Server server{log, 300};
    CHECK(ask(server, memory, 5).code == ExitCode::done);
    CHECK(memory.note == log.note(600));

    const Log shorter{300};
    MemoryInRam unprovable;
    unprovable.note = log.note(600);
    Server behind{shorter, 300};
    CHECK(ask(behind, unprovable, 5).code == ExitCode::unreachable);
    CHECK(unprovable.note == log.note(600));
}

TEST_CASE("SU19: a head that another gov remembers meanwhile has to agree too") {
    const Log log{600};
    const Log fork{600, 100};
    for (const std::int64_t meanwhile : {200, 400}) {
        CAPTURE(meanwhile);
        Server server{log, 300};
        MemoryInRam memory;
        memory.before_replacing = [&] { memory.note = log.note(meanwhile); };
        CHECK(ask(server, memory, 5).code == ExitCode::done);
        CHECK(memory.note == log.note(std::max<std::int64_t>(300, meanwhile)));

        MemoryInRam contradicted;
        contradicted.before_replacing = [&] { contradicted.note = fork.note(200); };
        check_contradiction(ask(server, contradicted, 5), contradicted, fork.note(200));
    }
}

TEST_CASE("a contradiction is told even where its evidence cannot be written") {
    struct FullDisk : MemoryInRam {
        std::string keep_evidence(std::string_view) override { throw Error{"disk full"}; }
    } memory;
    const Log log{70};
    memory.note = log.note(70);
    const Log fork{70, 3};
    Server server{fork, 70};
    const Failure failure = ask(server, memory, 5);
    CHECK(failure.code == ExitCode::log_contradiction);
    CHECK(failure.message.find("disk full") != std::string::npos);
}
