// SPDX-License-Identifier: Apache-2.0
#include "proof/h1.hpp"

#include "base/base64.hpp"
#include "failure.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gov::base;
using gov::proof::h1_of_manifest;
using gov::proof::is_h1;
using gov::proof::TreeHash;
using gov::proof::tests::is_refused;

namespace {

Digest content(std::string_view text) {
    return sha256(as_bytes(text));
}

}  // namespace

TEST_CASE("the h1 of the toolchain module's go.mod is the one in every release's record") {
    TreeHash hash;
    hash.add("go.mod", content("module golang.org/toolchain\n"));
    CHECK(hash.finish() == "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=");
}

TEST_CASE("a tree's h1 is that of its lines in byte order, whatever order its files come in") {
    // Upper case before lower, '.' before '/', and bytes above 0x7f last.
    const std::string names[] = {"m@v1/A", "m@v1/a.go", "m@v1/a/b", "m@v1/b", "m@v1/\u00defoo.go"};
    std::string lines;
    for (const std::string& name : names) lines += to_hex(content(name)) + "  " + name + "\n";
    const std::string expected = "h1:" + to_base64(content(lines));

    CHECK(h1_of_manifest(lines) == expected);

    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    do {
        TreeHash hash;
        for (const std::size_t i : order) hash.add(names[i], content(names[i]));
        CHECK(hash.finish() == expected);
        for (const std::size_t i : order) hash.add(names[i], content(names[i]));
        CHECK(hash.finish_manifest() == lines);
    } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("a tree without files has the h1 of nothing, and one object serves several trees") {
    TreeHash hash;
    CHECK(hash.finish() == "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    hash.add("go.mod", content("module golang.org/toolchain\n"));
    CHECK(hash.finish() == "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=");
    CHECK(hash.finish() == "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST_CASE("a name that is there twice, or has a line break, has no h1") {
    TreeHash twice;
    twice.add("bin/go", content("one"));
    twice.add("bin/gofmt", content("two"));
    twice.add("bin/go", content("one"));
    CHECK(is_refused([&] { twice.finish(); }));
    CHECK(is_refused([] { TreeHash{}.add("bin\ngo", content("")); }));
}

TEST_CASE("an h1 is told from what only looks like one") {
    CHECK(is_h1("h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0="));
    for (const char* text :
         {"", "h1:", "h2:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=",
          "8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=", "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4Ty",
          "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0",
          "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS1=",  // stray bits at the end
          "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0= "}) {
        CAPTURE(text);
        CHECK_FALSE(is_h1(text));
    }
}
