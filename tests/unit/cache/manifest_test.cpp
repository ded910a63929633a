// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov;
using namespace gov::cache;

namespace {

base::Digest digest(const char* text) {
    return base::sha256(base::as_bytes(text));
}

}  // namespace

TEST_CASE("a manifest comes back as it was written") {
    const Manifest manifest{{digest("a"), {digest("b"), 17, 5}},
                            {digest("c"), {digest("d"), 0, 0}}};
    CHECK(read_manifest(write_manifest(manifest)) == manifest);
    CHECK(read_manifest("") == Manifest{});
}

TEST_CASE("what is cut off or changed is no manifest") {
    const std::string text = write_manifest({{digest("a"), {digest("b"), 17, 5}}});
    for (std::size_t length = 1; length < text.size(); ++length)
        CHECK_FALSE(read_manifest(text.substr(0, length)));
    CHECK_FALSE(read_manifest("<html>\n"));
    CHECK_FALSE(read_manifest(write_manifest({{digest("a"), {digest("b"), 17, -5}}})));
    CHECK_FALSE(read_manifest(write_manifest({{digest("a"), {digest("b"), largest_body + 1, 5}}})));
}

TEST_CASE("each part of the key counts") {
    const BuildKey key{"go1.22.6", "linux", "amd64", "example.com/m"};
    CHECK(key.id() == BuildKey{key}.id());
    for (const BuildKey& other : {BuildKey{"go1.22.7", "linux", "amd64", "example.com/m"},
                                  BuildKey{"go1.22.6", "darwin", "amd64", "example.com/m"},
                                  BuildKey{"go1.22.6", "linux", "arm64", "example.com/m"},
                                  BuildKey{"go1.22.6", "linux", "amd64", "example.com/n"}})
        CHECK(other.id() != key.id());
}

TEST_CASE("a compiled package names its release and target") {
    const std::string header =
        "!<arch>\n__.PKGDEF       0           0     0     644     7955      `\n";
    const auto found = read_object_header(
        header + "go object linux amd64 go1.22.6 GOAMD64=v1 X:unified\nbuild id \"x\"\n");
    REQUIRE(found);
    CHECK(found->os == "linux");
    CHECK(found->arch == "amd64");
    CHECK(found->go_version == "go1.22.6");
    for (const std::string& text :
         {std::string{}, std::string{"package main\n"}, header, header + "go object linux\n",
          header + "gone object linux amd64 go1.22.6\n", header.substr(0, 30)})
        CHECK_FALSE(read_object_header(text));
}

TEST_CASE("an index of a folder is told by its first words") {
    CHECK(is_folder_index("go index v2\n`"));
    for (const char* text : {"", "go index", "go object linux amd64 go1.22.6", "\ngo index v2\n"})
        CHECK_FALSE(is_folder_index(text));
}
