// SPDX-License-Identifier: Apache-2.0
#include "download/tarball.hpp"

#include "base/file.hpp"
#include "crafted.hpp"
#include "download/tree.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::download;
using namespace gov::download::tests;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::Failure;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

namespace fs = std::filesystem;

Unpacked unpack(const std::string& tar, const fs::path& root) {
    const gov::store::SharedFiles none{Places::of(Sandbox{}.environment()),
                                       gov::toolchain::GoVersion::require("1.22.6")};
    const auto directory = gov::base::open_directory(root);
    Tree tree{{directory.get(), none}, {}};
    TreeSink sink{tree};
    const auto file = file_with(gzipped(tar));
    ArchiveFile archive{file.get()};
    read_tarball(archive, sink);
    sink.end();
    return tree.take();
}

// Why an archive of `members` and an honest one is refused; empty if it is not.
std::string refusal(const std::string& members) {
    const Sandbox sandbox;
    const Failure failure = failure_of([&] {
        unpack(tar_member("go/VERSION", "go1.22.6\n") + members + tar_end(), sandbox.path());
    });
    CHECK((failure.code == ExitCode::done || failure.code == ExitCode::verification));
    return failure.message;
}

bool is_refused_for(const std::string& members, std::string_view reason) {
    const std::string said = refusal(members);
    CAPTURE(said);
    return said.find(reason) != std::string::npos;
}

}  // namespace

TEST_CASE("what the module has is unpacked, under its names and with its modes") {
    const Sandbox sandbox;
    const std::string tar = tar_member("go/", {}, '5') + tar_member("go/VERSION", "go1.22.6\n") +
                            tar_member("go/bin/", {}, '5') + tar_member("go/bin/go", "ELF") +
                            tar_member("go/src/go.mod", "module std\n") +
                            tar_member("go/src/empty") + tar_member("go/api/go1.txt", "pkg") +
                            tar_member("go/doc/x", "x") + tar_member("go/misc/x", "x") +
                            tar_member(
                                "go/test/\xc3\x9e"
                                "foo.go",
                                "x") +
                            tar_end();
    const Unpacked unpacked = unpack(tar, sandbox.path());
    std::string names;
    for (const auto& [name, hash] : unpacked.files) names += name + " ";
    CHECK(names == "VERSION bin/go src/_go.mod src/empty ");
    CHECK(unpacked.bytes == 9 + 3 + 11);
    CHECK(unpacked.files[0].second == gov::base::sha256(gov::base::as_bytes("go1.22.6\n")));
    CHECK(sandbox.read("src/go.mod") == "module std\n");
    for (const char* name : {"api", "doc", "misc", "test"})
        CHECK_FALSE(fs::exists(sandbox.path() / name));
    struct stat status;
    REQUIRE(::stat((sandbox.path() / "bin/go").c_str(), &status) == 0);
    CHECK((status.st_mode & 07111) == 0111);
}

TEST_CASE("names that are too long for ustar come in pax headers") {
    const Sandbox sandbox;
    const std::string name = "src/" + std::string(120, 'n') + "/" + std::string(120, 'f') + ".go";
    unpack(pax_header("path", "go/" + name) + tar_member("go/short", "text") + tar_end(),
           sandbox.path());
    CHECK(sandbox.read(name) == "text");
}

TEST_CASE("links and special files are refused") {
    for (const char type : {'1', '2', '3', '4', '6'}) {
        CAPTURE(type);
        CHECK(is_refused_for(tar_member("go/x", {}, type, "go/VERSION"), "no regular file"));
    }
    CHECK(is_refused_for(pax_header("linkpath", "/etc/passwd") + tar_member("go/x", {}, '2'),
                         "no regular file"));
}

TEST_CASE("members outside go/ are refused") {
    for (const char* name : {"x", "/go/x", "./go/x", "go", "gox/y", "GO/x", "../go/x"}) {
        CAPTURE(std::string{name});
        CHECK(is_refused_for(tar_member(name, "x"), "outside go/"));
    }
    CHECK(is_refused_for(tar_member("other/", {}, '5'), "outside go/"));
    CHECK(
        is_refused_for(pax_header("path", "/etc/passwd") + tar_member("go/x", "x"), "outside go/"));
}

TEST_CASE("unsafe names are refused, also where nothing would be installed") {
    for (const char* name : {"go/../x", "go/a/../../x", "go//x", "go/./x", "go/a\\b", "go/a\nb",
                             "go/doc/../../x", "go/test/con"}) {
        CAPTURE(std::string{name});
        CHECK(is_refused_for(tar_member(name, "x"), "name"));
    }
    CHECK(is_refused_for(tar_member("go/a\xff", "x"), "UTF-8"));
    CHECK(is_refused_for(tar_member("go/src/_go.mod", "x"), "no Go release has"));
}

TEST_CASE("a member that comes twice or clashes is refused") {
    CHECK(is_refused_for(tar_member("go/VERSION", "go1.22.7\n"), "clashes"));
    CHECK(is_refused_for(tar_member("go/version", "x"), "clashes"));
    CHECK(is_refused_for(tar_member("go/VERSION/x", "x"), "clashes"));
    CHECK(is_refused_for(tar_member("go/a/x", "x") + tar_member("go/a", "x"), "clashes"));
}

TEST_CASE("sparse members are refused") {
    CHECK(is_refused_for(sparse_member("go/x", "text"), "sparse"));
}

TEST_CASE("a damaged header is refused") {
    std::string damaged = tar_member("go/x", "text");
    damaged[0] = 'G';
    CHECK(is_refused_for(damaged, "damaged"));
}

TEST_CASE("an archive that ends early is refused") {
    const Sandbox sandbox;
    const std::string tar = tar_member("go/VERSION", std::string(5000, 'x'));
    const Failure failure = failure_of([&] { unpack(tar.substr(0, 2048), sandbox.path()); });
    CHECK(failure.code == ExitCode::verification);
}

TEST_CASE("nothing but zeros may follow the end") {
    CHECK(refusal(tar_end() + std::string(20 * 512, '\0')).empty());
    CHECK(is_refused_for(tar_end() + tar_member("go/late", "x"), "after its end"));
    CHECK(is_refused_for(tar_end() + std::string(1'000'000, '\0') + "x", "after its end"));
}

TEST_CASE("modes and times of the archive do not matter") {
    const Sandbox sandbox;
    unpack(pax_header("mtime", "1.5") + tar_member("go/x", "x") + tar_end(), sandbox.path());
    struct stat status;
    REQUIRE(::stat((sandbox.path() / "x").c_str(), &status) == 0);
    CHECK((status.st_mode & 07133) == 0);
}
