// SPDX-License-Identifier: Apache-2.0
// Real answers of sum.golang.org, as they came.
#include "base/file.hpp"
#include "base/format.hpp"
#include "failure.hpp"
#include "log.hpp"
#include "proof/checksum_database.hpp"
#include "proof/hash_text.hpp"
#include "proof/merkle.hpp"
#include "proof/tree_head.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

const std::filesystem::path data = std::filesystem::path{GOV_TEST_DATA} / "sumdb";
const Verifier sum_golang_org = Verifier::parse(sum_golang_org_key);
constexpr std::string_view toolchain = "golang.org/toolchain";
constexpr std::int64_t latest_size = 66398721;
constexpr std::int64_t id = 28865909;  // go1.22.6

class Recorded : public Answers {
public:
    std::optional<std::string> fetch(const std::string& path) override {
        asked.push_back(path);
        return read_file(data / "sum.golang.org" / path.substr(1), max_answer_size);
    }
    std::vector<std::string> asked;
};

std::string version_of(std::string_view release) {
    return format("v0.0.1-{}.linux-amd64", release);
}

std::string lookup(std::string_view release) {
    return *Recorded{}.fetch(format("/lookup/{}@{}", toolchain, version_of(release)));
}

std::string latest_note() {
    return *read_file(data / "latest", max_note_size);
}

Proof prove_release(std::string_view release, Answers& answers, Memory& memory) {
    return prove(sum_golang_org, toolchain, version_of(release), answers, memory);
}

std::string folded(const std::string& path) {
    const std::string bytes = *Recorded{}.fetch(path);
    std::vector<Digest> hashes(bytes.size() / 32);
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(hashes.data()));
    return to_hex(fold(hashes));
}

std::string entry(const std::string& path, std::size_t at) {
    return to_hex(as_bytes(*Recorded{}.fetch(path)).subspan(32 * at, 32));
}

}  // namespace

TEST_CASE("go1.22.6: the answer is a record and a signed head") {
    const Answer answer = parse_answer(lookup("go1.22.6"));
    CHECK(answer.record_id == id);
    CHECK(answer.record.size() == 201);
    CHECK(to_hex(leaf_hash(answer.record)) ==
          "07292c26b8f3ad90e3feffc9e95a4f65f854e96550db06b7da2ca31c914f2d2f");
    const TreeHead head = open_tree_head(answer.tree_note, sum_golang_org).head;
    CHECK(head.size == 66327379);
    CHECK(to_text(head.root) == "xWutPmGGbpWR/1iGpo4T2OIen8osXrozOwt4QinWKyg=");
    const TreeHead latest = open_tree_head(latest_note(), sum_golang_org).head;
    CHECK(latest.size == latest_size);
    CHECK(to_text(latest.root) == "5oXTdOltbW8oy+WAHSPYkUE7FskIY/5ZJCYGy+buJ3g=");
}

TEST_CASE("go1.22.6: the record's hash leads from tile to tile up to the edge") {
    CHECK(entry("/tile/8/0/x112/757", 117) ==
          "07292c26b8f3ad90e3feffc9e95a4f65f854e96550db06b7da2ca31c914f2d2f");
    CHECK(folded("/tile/8/0/x112/757") ==
          "e30272dbd3469d630e4acf9f0883e17db5a41a57c970f5ddd85753d854fa0329");
    CHECK(entry("/tile/8/1/440", 117) == folded("/tile/8/0/x112/757"));
    CHECK(folded("/tile/8/1/440") ==
          "8ddafbc815cd33807c9b0094cd79c40021482a3d649cf44e68c470f0c8886374");
    CHECK(entry("/tile/8/2/001", 184) == folded("/tile/8/1/440"));
    CHECK(folded("/tile/8/2/001") ==
          "cdeb16b99c35d1310922734aae5946d8f1201fc70a69c2e9e8b6395a95c639c6");
    CHECK(entry("/tile/8/3/000.p/3", 1) == folded("/tile/8/2/001"));
}

TEST_CASE("go1.22.6: the head remembered is larger, and the proof is in it") {
    Recorded answers;
    MemoryInRam memory;
    memory.note = latest_note();
    const Proof proof = prove_release("go1.22.6", answers, memory);
    CHECK(proof.h1 == "h1:bNlzYVDdz3HI0dMPvwv7Fxx9i4gPk9afUcR+fLwLB64=");
    CHECK(proof.record_id == id);
    CHECK(proof.tree_note == latest_note());
    CHECK(memory.note == latest_note());
    CHECK(answers.asked == std::vector<std::string>{
                               "/lookup/golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64",
                               "/tile/8/0/x112/757", "/tile/8/0/x259/091", "/tile/8/0/x259/370.p/1",
                               "/tile/8/1/440", "/tile/8/1/x001/012", "/tile/8/1/x001/013.p/42",
                               "/tile/8/2/001", "/tile/8/2/003.p/245", "/tile/8/3/000.p/3"});

    const TreeHead head{latest_size, open_tree_head(latest_note(), sum_golang_org).head.root};
    CHECK(audit_path(id, latest_size).size() == proof.path.size());
    CHECK(root_above(leaf_hash(proof.record), id, latest_size, proof.path) == head.root);
}

TEST_CASE("go1.22.6: without a memory the answer's own head is the first, and then grows") {
    Recorded answers;
    MemoryInRam memory;
    const Proof proof = prove_release("go1.22.6", answers, memory);
    CHECK(proof.h1 == "h1:bNlzYVDdz3HI0dMPvwv7Fxx9i4gPk9afUcR+fLwLB64=");
    CHECK(open_tree_head(memory.note, sum_golang_org).head.size == 66327379);
    CHECK(proof.tree_note == memory.note);
    check(proof_from_json(Json::parse(to_json(proof).write())), sum_golang_org);
}

TEST_CASE("other releases are proved, also by an answer that is years old") {
    MemoryInRam memory;
    memory.note = latest_note();
    const std::pair<const char*, const char*> releases[] = {
        {"go1.23.3", "h1:3z236NEVvQYeOLSuZ/t0Y612gjFZPep9Q38UVYhO67E="},  // of 49028818 records
        {"go1.26.8", "h1:ZOmGe1OnfREDMIdb1Qi4G9JSuDPBLGExZMQ4nis1RXM="}};
    for (const auto& [release, h1] : releases) {
        Recorded answers;
        const Proof proof = prove_release(release, answers, memory);
        CHECK(proof.h1 == h1);
        check(proof, sum_golang_org);
        CHECK(memory.note == latest_note());
    }
}

TEST_CASE("another release's genuine answer is refused") {
    struct Swapped : Recorded {
        std::optional<std::string> fetch(const std::string& path) override {
            return path.starts_with("/lookup/") ? lookup("go1.26.8") : Recorded::fetch(path);
        }
    } answers;
    MemoryInRam memory;
    memory.note = latest_note();
    CHECK(is_refused([&] { prove_release("go1.22.6", answers, memory); }));
}
