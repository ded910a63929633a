// SPDX-License-Identifier: Apache-2.0
#include "proof/record.hpp"

#include "failure.hpp"

#include <doctest/doctest.h>

using namespace gov::proof::tests;
using gov::proof::h1_in;
using gov::proof::parse_answer;

namespace {

const std::string hash = "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=";
const std::string other = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

std::string found(const std::string& record) {
    return h1_in(record, "m", "v1");
}

bool has_none(const std::string& record) {
    return is_refused([&] { found(record); });
}

}  // namespace

TEST_CASE("an answer is a number, a record up to the first blank line, and a note") {
    const auto answer = parse_answer("28865909\none\ntwo\n\nnote\n\nsignatures\n");
    CHECK(answer.record_id == 28865909);
    CHECK(answer.record == "one\ntwo\n");
    CHECK(answer.tree_note == "note\n\nsignatures\n");
}

TEST_CASE("SU10: a record's number has one spelling") {
    for (const char* id : {"", "-1", "+5", "007", "00", "0x10", "1e3", "9223372036854775808", " 5",
                           "5 ", "5\r", "five"}) {
        CAPTURE(id);
        CHECK(is_refused([&] { parse_answer(std::string{id} + "\nrecord\n\nnote\n"); }));
    }
    CHECK(parse_answer("0\nrecord\n\nnote\n").record_id == 0);
}

TEST_CASE("SU11: a record is lines of plain text") {
    for (const std::string& record :
         {std::string{}, std::string{"\n"}, std::string{"\nrecord\n"}, std::string{"rec\x01ord\n"},
          std::string{"rec\rord\n"}, std::string{"rec\0ord\n", 8}, std::string{"rec\xfford\n"},
          std::string{"rec\xc3\n"}, std::string{"rec\u202eord\n"}, std::string(1 << 20, 'x') + "\n",
          std::string(65536, 'x') + "\n"}) {
        CAPTURE(record.substr(0, 20));
        CHECK(is_refused([&] { parse_answer("5\n" + record + "\nnote\n"); }));
    }
    CHECK_FALSE(is_refused([] { parse_answer("5\n" + std::string(65535, 'x') + "\n\nnote\n"); }));
    for (const char* text : {"", "5", "5\n", "5\nrecord", "5\nrecord\n", "\n\n", "\n\n\n"})
        CHECK(is_refused([&] { parse_answer(text); }));
}

TEST_CASE("a record that was not cut out of an answer is held to the same") {
    CHECK(gov::proof::is_record("one\n"));
    CHECK(gov::proof::is_record("one\ntwo\n"));
    for (const char* wrong : {"", "\n", "one", "one\n\n", "one\n\ntwo\n", "\none\n", "one\ntwo"})
        CHECK_FALSE(gov::proof::is_record(wrong));
}

TEST_CASE("the h1 of a module's version is found among a record's lines") {
    CHECK(found("m v1 " + hash + "\nm v1/go.mod " + other + "\n") == hash);
    CHECK(found("m v1 h2:something\nm v1 " + hash + "\n") == hash);  // a later kind of hash
}

TEST_CASE("CVE-2026-42501: a record that says nothing about the version proves nothing") {
    for (const std::string& record :
         {"m v2 " + hash + "\n", "n v1 " + hash + "\n", "mm v1 " + hash + "\n",
          "m v11 " + hash + "\n", "m v1/go.mod " + hash + "\n", " m v1 " + hash + "\n",
          "m  v1 " + hash + "\n", "M v1 " + hash + "\n", std::string{"m v1 h2:something\n"},
          std::string{"m v1\n"}, std::string{"m v1 \n"}, std::string{"\n"}, std::string{}}) {
        CAPTURE(record);
        CHECK(has_none(record));
    }
}

TEST_CASE("a record with two h1 for the version proves neither, even where they are equal") {
    CHECK(has_none("m v1 " + hash + "\nm v1 " + other + "\n"));
    CHECK(has_none("m v1 " + hash + "\nm v1 " + hash + "\n"));
}

TEST_CASE("an h1 of the wrong form is refused") {
    for (const std::string& wrong : {std::string{"h1:"}, hash + " ", hash + " x", hash + "=",
                                     hash.substr(0, 43), hash.substr(0, 20)}) {
        CAPTURE(wrong);
        CHECK(has_none("m v1 " + wrong + "\n"));
    }
}
