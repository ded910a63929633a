// SPDX-License-Identifier: Apache-2.0
#include "download/partial_file.hpp"

#include "base/file.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace gov::download;
using gov::base::as_bytes;
using gov::tests::Sandbox;

namespace {

const PartialFile::Note whole{"https://a/x", "\"tag\"", 8};

bool is_empty(const Sandbox& sandbox) {
    return std::filesystem::is_empty(sandbox.path() / "downloads");
}

// Leaves a file with that content and note, as an earlier run would.
void leave(const Sandbox& sandbox, std::string_view content, const PartialFile::Note& note) {
    PartialFile file{sandbox.path() / "downloads", "go1"};
    gov::base::write_all(file.fd(), as_bytes(content), "it");
    file.keep(note);
}

std::optional<PartialFile::Note> found(const Sandbox& sandbox, const std::string& url) {
    return PartialFile{sandbox.path() / "downloads", "go1"}.kept(url);
}

}  // namespace

TEST_CASE("a partial file is gone when nobody needs it any more") {
    const Sandbox sandbox;
    {
        const PartialFile file{sandbox.path() / "downloads", "go1"};
    }
    CHECK(is_empty(sandbox));
    leave(sandbox, "abcd", whole);
    CHECK_FALSE(is_empty(sandbox));
    {
        PartialFile file{sandbox.path() / "downloads", "go1"};
        file.keep(whole);
        file.drop();
    }
    CHECK(is_empty(sandbox));
}

TEST_CASE("what was kept is found again for the same URL") {
    const Sandbox sandbox;
    leave(sandbox, "abcd", whole);
    CHECK_FALSE(found(sandbox, "https://b/x"));
    leave(sandbox, "abcd", whole);
    const auto note = found(sandbox, "https://a/x");
    REQUIRE(note);
    CHECK(note->etag == "\"tag\"");
    CHECK(note->size == 8);
    CHECK(note->bytes == 4);
    leave(sandbox, "abcdXX", {"https://a/x", "\"tag\"", 8, 3});
    CHECK(found(sandbox, "https://a/x")->bytes == 3);
}

TEST_CASE("what cannot be gone on with is not found") {
    for (const PartialFile::Note& note : {
             PartialFile::Note{"https://a/x", "W/\"weak\"", 8},
             PartialFile::Note{"https://a/x", "", 8},
             PartialFile::Note{"https://a/x", "\"tag\"", 3},     // longer than the whole
             PartialFile::Note{"https://a/x", "\"tag\"", 8, 5},  // more than there is
             PartialFile::Note{"https://a/x", "\"tag\"", 8, 0},
         }) {
        const Sandbox sandbox;
        leave(sandbox, "abcd", note);
        CHECK_FALSE(found(sandbox, "https://a/x"));
    }
}

TEST_CASE("a damaged note is as good as none") {
    const Sandbox sandbox;
    for (const char* text : {"", "{", "[]", "{\"url\":\"https://a/x\",\"etag\":\"\\\"t\\\"\"}"}) {
        leave(sandbox, "abcd", whole);
        sandbox.write("downloads/go1.resume", text);
        CHECK_FALSE(found(sandbox, "https://a/x"));
    }
}

TEST_CASE("whatever stands in the file's place gives way") {
    const Sandbox sandbox;
    const auto place = sandbox.path() / "downloads/go1.partial";
    const auto outside = sandbox.write("outside", "mine");
    std::filesystem::create_directories(place / "sub");
    CHECK(PartialFile{sandbox.path() / "downloads", "go1"}.fd() >= 0);
    std::filesystem::create_symlink(outside, place);
    {
        const PartialFile file{sandbox.path() / "downloads", "go1"};
        gov::base::write_all(file.fd(), as_bytes("theirs"), "it");
    }
    CHECK(sandbox.read("outside") == "mine");
    REQUIRE(::mkfifo(place.c_str(), 0600) == 0);
    const PartialFile file{sandbox.path() / "downloads", "go1"};
    gov::base::write_all(file.fd(), as_bytes("x"), "it");
    CHECK(std::filesystem::file_size(place) == 1);
}

TEST_CASE("a note that the disk does not take leaves nothing behind") {
    const Sandbox sandbox;
    PartialFile file{sandbox.path() / "downloads", "go1"};
    rlimit before = {};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit nothing{0, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &nothing) == 0);
    file.keep({"https://a/x", "\"tag\"", 4});
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK_FALSE(std::filesystem::exists(sandbox.path() / "downloads/go1.new"));
}
