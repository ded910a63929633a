// SPDX-License-Identifier: Apache-2.0
#include "proof/proof.hpp"

#include "failure.hpp"
#include "log.hpp"
#include "proof/checksum_database.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

const Log log{300};
const Verifier verifier = log.signer.verifier();

Proof good_proof() {
    Server server{log, 300};
    MemoryInRam memory;
    return prove(verifier, module, version_of(123), server, memory);
}

using Tampering = std::function<void(Proof&)>;

bool survives(const Tampering& tampering) {
    Proof proof = good_proof();
    tampering(proof);
    return !is_refused([&] { check(proof, verifier); });
}

Json::Object good_members() {
    return *to_json(good_proof()).as_object();
}

// The JSON of a proof with the member `name` changed to `value`.
Json with(std::string_view name, const Json& value) {
    Json::Object members = good_members();
    for (auto& member : members)
        if (member.first == name) member.second = value;
    return members;
}

bool refuses_json(const Json& json) {
    return is_refused([&] { proof_from_json(json); });
}

}  // namespace

TEST_CASE("a proof stands on its own, also written and read again") {
    const Proof proof = good_proof();
    check(proof, verifier);
    const Proof again = proof_from_json(Json::parse(to_json(proof).write()));
    CHECK(again == proof);
    check(again, verifier);
    CHECK(survives([](Proof&) {}));
}

TEST_CASE("a proof with any field changed is refused") {
    const Proof other = [] {
        Server server{log, 300};
        MemoryInRam memory;
        return prove(verifier, module, version_of(124), server, memory);
    }();
    const std::pair<const char*, Tampering> tamperings[] = {
        {"database", [](Proof& p) { p.database = "sum.golang.org"; }},
        {"module", [](Proof& p) { p.module = "example.test/n"; }},
        {"version", [](Proof& p) { p.version = version_of(124); }},
        {"go.mod's h1", [](Proof& p) { p.version += "/go.mod x"; }},
        {"h1", [](Proof& p) { p.h1 = h1_of(124); }},
        {"no h1", [](Proof& p) { p.h1.clear(); }},
        {"id below", [](Proof& p) { --p.record_id; }},
        {"id above", [](Proof& p) { ++p.record_id; }},
        {"id outside", [](Proof& p) { p.record_id = 300; }},
        {"id negative", [](Proof& p) { p.record_id = -1; }},
        {"record", [&](Proof& p) { p.record = other.record; }},
        {"record and id", [&](Proof& p) { p.record = other.record, ++p.record_id; }},
        {"no record", [](Proof& p) { p.record.clear(); }},
        {"record and line", [](Proof& p) { p.record += p.record; }},
        {"record cut", [](Proof& p) { p.record.pop_back(); }},
        {"note of a smaller tree", [](Proof& p) { p.tree_note = log.note(299); }},
        {"note unsigned", [](Proof& p) { p.tree_note = log.head(300); }},
        {"no note", [](Proof& p) { p.tree_note.clear(); }},
        {"path cut", [](Proof& p) { p.path.pop_back(); }},
        {"path cut below", [](Proof& p) { p.path.erase(p.path.begin()); }},
        {"path longer", [](Proof& p) { p.path.emplace_back(); }},
        {"no path", [](Proof& p) { p.path.clear(); }},
        {"another path", [&](Proof& p) { p.path = other.path; }},
        {"all of another", [&](Proof& p) {
             const std::string version = p.version;
             p = other;
             p.version = version;
         }}};
    for (const auto& [what, tampering] : tamperings) {
        CAPTURE(what);
        CHECK_FALSE(survives(tampering));
    }
    for (std::size_t i = 0; i < good_proof().path.size(); ++i) {
        CHECK_FALSE(survives([&](Proof& p) { p.path[i][i] ^= 1U; }));
        if (i > 0) CHECK_FALSE(survives([&](Proof& p) { std::swap(p.path[i], p.path[i - 1]); }));
    }
    CHECK(is_refused([] { check(good_proof(), Signer{"log.localhost", "other"}.verifier()); }));
}

TEST_CASE("a proof of a record that is in the log, but no record, is refused") {
    const auto proof_of = [](const std::string& record) {
        const Log odd{{record}};
        return Proof{.database = odd.signer.name(),
                     .module = std::string{module},
                     .version = version_of(0),
                     .h1 = h1_of(0),
                     .record_id = 0,
                     .record = record,
                     .tree_note = odd.note(1),
                     .path = {}};
    };
    const std::string& good = log.record(0);
    check(proof_of(good), verifier);
    CHECK(is_refused([&] { check(proof_of(good + "\nmore\n"), verifier); }));
    CHECK(is_refused([&] { check(proof_of(good + "\x01\n"), verifier); }));
    CHECK(is_refused([&] { check(proof_of(good + "more"), verifier); }));
}

TEST_CASE("JSON that is no proof is refused") {
    for (const char* text : {"null", "[]", "{}", "\"proof\"", "7"})
        CHECK(refuses_json(Json::parse(text)));
    for (const Json::Member& member : good_members()) {
        CAPTURE(member.first);
        for (const Json& wrong : {Json{}, Json{true}, Json{1.5}, Json{Json::Object{}}})
            CHECK(refuses_json(with(member.first, wrong)));
        Json::Object without = good_members();
        std::erase_if(without, [&](const auto& other) { return other.first == member.first; });
        CHECK(refuses_json(without));
    }
    CHECK(refuses_json(with("record_id", "123")));
    CHECK(refuses_json(with("h1", 5)));
    CHECK(refuses_json(with("path", "AAAA")));
    CHECK(refuses_json(with("path", Json::Array{"AAAA"})));
    CHECK(refuses_json(with("path", Json::Array{5})));

    Json::Object more = good_members();
    more.emplace_back("comment", "");
    CHECK(refuses_json(more));
}
