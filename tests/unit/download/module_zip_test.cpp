// SPDX-License-Identifier: Apache-2.0
#include "download/module_zip.hpp"

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

const auto version = gov::toolchain::GoVersion::require("1.22.6");
const std::string prefix = "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64/";

ZipMember member(const std::string& name, std::string content = "content") {
    return {.name = prefix + name, .content = std::move(content)};
}

Unpacked unpack(const std::string& zip, const fs::path& root) {
    const gov::store::SharedFiles none{Places::of(Sandbox{}.environment()), version};
    const auto directory = gov::base::open_directory(root);
    Tree tree{{directory.get(), none}, {}};
    TreeSink one{tree};
    TreeSink other{tree};
    const auto file = file_with(zip);
    ArchiveFile archive{file.get()};
    read_module_zip(archive, prefix, std::array<MemberSink*, 2>{&one, &other},
                    [](std::uint64_t) {});
    one.end();
    other.end();
    return tree.take();
}

// What is said of `zip`; it must be refused as a whole or in the end, never crash.
Failure failure_for(const std::string& zip) {
    const Sandbox sandbox;
    const Failure failure = failure_of([&] { unpack(zip, sandbox.path()); });
    CHECK((failure.code == ExitCode::done || failure.code == ExitCode::verification));
    return failure;
}

bool is_refused(const std::string& zip) {
    return failure_for(zip).code == ExitCode::verification;
}

std::string replaced(std::string text, std::string_view from, std::string_view to,
                     std::size_t start = 0) {
    const auto at = text.find(from, start);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::vector<ZipMember> release() {
    ZipMember stored = member("bin/go",
                              "\x7f"
                              "ELF");
    stored.deflate = false;
    ZipMember streamed = member("src/_go.mod", "module std\n");
    streamed.descriptor = true;
    return {member("VERSION", "go1.22.6\n"), stored, streamed, member("src/empty", "")};
}

}  // namespace

TEST_CASE("a module's files are unpacked under their installed names with their modes") {
    const Sandbox sandbox;
    const Unpacked unpacked = unpack(zip_of(release()), sandbox.path());
    CHECK(sandbox.read("VERSION") == "go1.22.6\n");
    CHECK(sandbox.read("src/go.mod") == "module std\n");
    CHECK(fs::file_size(sandbox.path() / "src/empty") == 0);
    CHECK(unpacked.bytes == 9 + 4 + 11);
    REQUIRE(unpacked.files.size() == 4);
    CHECK(unpacked.files[2].first == "src/_go.mod");
    CHECK(unpacked.files[2].second == gov::base::sha256(gov::base::as_bytes("module std\n")));
    struct stat status;
    REQUIRE(::stat((sandbox.path() / "bin/go").c_str(), &status) == 0);
    CHECK((status.st_mode & 0111) == 0111);
}

TEST_CASE("the entries are in the order of their data, whatever the directory's order") {
    const std::string zip = zip_of(release());
    const auto file = file_with(zip);
    ArchiveFile archive{file.get()};
    const auto entries = read_zip_directory(archive, prefix);
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].offset == 0);
    for (std::size_t i = 0; i + 1 < entries.size(); ++i)
        CHECK(entries[i].end == entries[i + 1].offset);
}

TEST_CASE("a member that is called otherwise in its own header is refused") {
    auto members = release();
    std::swap(members[0].local_name, members[1].local_name);
    CHECK(failure_for(zip_of(members)).message.find("in its own header") != std::string::npos);
}

TEST_CASE("bytes that belong to no entry are refused") {
    for (std::size_t i = 0; i < release().size(); ++i) {
        CAPTURE(i);
        auto hidden = release();
        hidden[i].listed = false;
        CHECK(is_refused(zip_of(hidden)));
        auto spaced = release();
        spaced[i].gap = "gap";
        CHECK(is_refused(zip_of(spaced)));
    }
    const std::string whole = zip_of(release());
    CHECK(is_refused(whole + "x"));
    CHECK(is_refused("x" + whole));
    CHECK(is_refused(whole + whole));
    CHECK(is_refused(zip_of(release(), "a comment")));
}

TEST_CASE("a zip that is cut anywhere is refused") {
    const std::string whole = zip_of(release());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK(is_refused(whole.substr(0, length)));
    }
}

TEST_CASE("every flipped bit is refused, or the same files come out") {
    const std::string whole = zip_of(release());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        const Sandbox sandbox;
        Unpacked unpacked;
        const Failure failure = failure_of([&] { unpacked = unpack(damaged, sandbox.path()); });
        CAPTURE(i);
        if (failure.code == ExitCode::done) {
            CHECK(unpacked.files.size() == 4);
            CHECK(sandbox.read("VERSION") == "go1.22.6\n");
            CHECK(sandbox.read("src/go.mod") == "module std\n");
        } else {
            CAPTURE(failure.message);
            CHECK(failure.code == ExitCode::verification);
        }
    }
}

TEST_CASE("a member that is not what it says is refused") {
    for (const bool descriptor : {false, true}) {
        ZipMember bad_crc = member("a");
        bad_crc.crc_error = 1;
        bad_crc.descriptor = descriptor;
        CHECK(is_refused(zip_of({bad_crc})));
        ZipMember longer = member("a");
        longer.size_error = static_cast<std::uint32_t>(-1);
        longer.descriptor = descriptor;
        CHECK(is_refused(zip_of({longer})));
        ZipMember shorter = member("a");
        shorter.size_error = 1;
        shorter.descriptor = descriptor;
        CHECK(is_refused(zip_of({shorter})));
    }
}

TEST_CASE("a member that inflates to more than it says is stopped at what it says") {
    ZipMember bomb = member("a", std::string(8'000'000, '\0'));
    bomb.size_error = static_cast<std::uint32_t>(10 - 8'000'000);
    CHECK(failure_for(zip_of({bomb})).message.ends_with("is longer than it says"));
}

TEST_CASE("bytes behind a member's deflated data are refused") {
    for (const std::size_t size : {1, 2, 4, 7, 8, 9, 1000}) {
        CAPTURE(size);
        ZipMember padded = member("a");
        padded.tail = std::string(size, 'x');
        CHECK(is_refused(zip_of({padded})));
    }
}

TEST_CASE("what Go's zips never have is refused") {
    for (const std::uint16_t flags : std::initializer_list<std::uint16_t>{1, 64, 65}) {
        ZipMember encrypted = member("a");
        encrypted.flags = flags;
        CHECK(failure_for(zip_of({encrypted})).message.find("packed in a way") !=
              std::string::npos);
    }
    for (const std::uint32_t mode : {0120777U, 0010644U, 0040755U, 0060644U}) {
        ZipMember special = member("a");
        special.mode = mode;
        CHECK(failure_for(zip_of({special})).message.find("no regular file") != std::string::npos);
    }
    ZipMember regular = member("a");
    regular.mode = 0100644;
    CHECK_FALSE(is_refused(zip_of({regular})));
}

TEST_CASE("zip64 is refused") {
    const std::string whole = zip_of({member("a")});
    std::string many = whole;
    many.replace(many.size() - 14, 4, "\xff\xff\xff\xff");
    CHECK(is_refused(many));
    std::string far = whole;
    far.replace(far.size() - 10, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
    CHECK(is_refused(far));
}

TEST_CASE("names that no toolchain module has are refused") {
    for (const char* name :
         {"../x", "/x", "a/../../x", "go.mod", "src/go.mod", "a\\b", "a\nb", "", "a/"}) {
        CAPTURE(std::string{name});
        CHECK(is_refused(zip_of({member("b"), member(name)})));
    }
    for (const std::string& name :
         {std::string{"golang.org/toolchain@v0.0.1-go1.22.7.linux-amd64/a"}, std::string{"a"},
          prefix.substr(0, prefix.size() - 1), std::string{}}) {
        CAPTURE(std::string{name});
        CHECK(is_refused(zip_of({{.name = name, .content = "x"}})));
    }
}

TEST_CASE("names that clash are refused") {
    CHECK(is_refused(zip_of({member("a"), member("a")})));
    CHECK(is_refused(zip_of({member("a"), member("A")})));
    CHECK(is_refused(zip_of({member("a"), member("a/b")})));
    // They differ in the module and would be one file once installed.
    CHECK(is_refused(zip_of({member("src/_go.mod"), member("src/go.mod")})));
}

TEST_CASE("two entries cannot share their data") {
    const std::string whole = zip_of({member("a"), member("b")});
    // The second central header's offset is set to the first one's.
    const auto second = whole.rfind("PK\1\2");
    std::string shared = whole;
    shared.replace(second + 42, 4, std::string(4, '\0'));
    CHECK(is_refused(shared));
}

TEST_CASE("an empty zip and what is no zip are refused") {
    CHECK(is_refused(zip_of({})));
    CHECK(is_refused(""));
    CHECK(is_refused("<!DOCTYPE html><title>Sign in</title>"));
    CHECK(failure_for(replaced(zip_of({member("a")}), "PK\5\6", "PK\5\7"))
              .message.find("end record") != std::string::npos);
}

TEST_CASE("nothing that is already there is written to") {
    const Sandbox sandbox;
    sandbox.write("root/VERSION", "mine");
    const Failure failure = failure_of([&] { unpack(zip_of(release()), sandbox.path() / "root"); });
    CHECK(failure.code == ExitCode::failed);
    CHECK(sandbox.read("root/VERSION") == "mine");
}
