// SPDX-License-Identifier: Apache-2.0
#include "proof/tree_head.hpp"

#include "base/base64.hpp"
#include "failure.hpp"
#include "signer.hpp"

#include <doctest/doctest.h>

using namespace gov::base;
using namespace gov::proof::tests;
using gov::proof::parse_tree_head;

namespace {

const std::string first_line = "go.sum database tree\n";
const std::string root = to_base64(sha256(as_bytes("root")));
const std::string empty = to_base64(sha256({}));

}  // namespace

TEST_CASE("a tree head has a size and a root") {
    const auto head = parse_tree_head(first_line + "66398721\n" + root + "\n");
    CHECK(head.size == 66398721);
    CHECK(head.root == sha256(as_bytes("root")));
    CHECK(parse_tree_head(first_line + "9223372036854775807\n" + root + "\n").size ==
          9223372036854775807);
    CHECK(parse_tree_head(first_line + "0\n" + empty + "\n").size == 0);
}

TEST_CASE("SU09: further signed lines say nothing") {
    const std::string more = "golang.org/toolchain v0.0.1-go1.22.6.linux-amd64 h1:x\n\nmore\n";
    CHECK(parse_tree_head(first_line + "7\n" + root + "\n" + more) ==
          parse_tree_head(first_line + "7\n" + root + "\n"));
}

TEST_CASE("SU09: a size has one spelling") {
    for (const char* size : {"", "-1", "+1", "01", "00", "1e3", "0x10", "9223372036854775808",
                             "99999999999999999999", " 1", "1 ", "1,000", "\u0661"}) {
        CAPTURE(size);
        CHECK(is_refused([&] { parse_tree_head(first_line + size + "\n" + root + "\n"); }));
    }
}

TEST_CASE("SU09: a root is the base64 of 32 bytes, and of nothing's hash for no records") {
    const std::string bytes(33, 'x');
    for (const std::string& wrong :
         {std::string{}, to_base64(as_bytes(bytes)), to_base64(as_bytes(bytes.substr(2))),
          root + "=", root.substr(1), " " + root, to_hex(sha256({}))}) {
        CAPTURE(wrong);
        CHECK(is_refused([&] { parse_tree_head(first_line + "7\n" + wrong + "\n"); }));
    }
    CHECK(is_refused([] { parse_tree_head(first_line + "0\n" + root + "\n"); }));
}

TEST_CASE("SU09: what does not start as a tree head is none, whoever signed it") {
    for (const std::string& text :
         {std::string{}, std::string{"\n"}, "go.sum database tree v2\n7\n" + root + "\n",
          "x" + first_line + "7\n" + root + "\n", first_line + "7\n" + root, first_line + "7\n",
          first_line, first_line + "\n7\n" + root + "\n"}) {
        CAPTURE(text);
        CHECK(is_refused([&] { parse_tree_head(text); }));
        const Signer signer;
        CHECK(is_refused([&] { open_tree_head(signer.note(text), signer.verifier()); }));
    }
}
