// SPDX-License-Identifier: Apache-2.0
#include "download/release_index.hpp"

#include "base/format.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::tests::Failure;
using gov::tests::failure_of;
using gov::toolchain::GoVersion;
using gov::toolchain::Platform;

namespace {

const std::string hash(64, 'a');
const std::string archive = "go1.22.6.linux-amd64.tar.gz";

std::string row(std::string_view name, std::string_view sha256 = hash, std::string_view size = "7",
                std::string_view arch = "amd64", std::string_view kind = "archive") {
    return gov::base::format(
        R"({{"filename":"{}","os":"linux","arch":"{}","version":"go1.22.6","sha256":"{}","size":{},"kind":"{}"}})",
        name, arch, sha256, size, kind);
}

std::string index_of(const std::string& rows) {
    return R"([{"version":"go1.22.7","stable":true,"files":[]},{"version":"go1.22.6","stable":true,"files":[)" +
           rows + "]}]";
}

std::optional<IndexedArchive> find(const std::string& json, const char* arch = "amd64") {
    return find_archive(json, GoVersion::require("1.22.6"), Platform{"linux", arch});
}

Failure failure_for(const std::string& json) {
    return failure_of([&] { find(json); });
}

}  // namespace

TEST_CASE("the archive of the wanted platform is found among all the others") {
    const auto found =
        find(index_of(row("go1.22.6.src.tar.gz", hash, "1", "", "source") + "," +
                      row("go1.22.6.linux-arm64.tar.gz", hash, "2", "arm64") + "," + row(archive)));
    REQUIRE(found);
    CHECK(found->file_name == archive);
    CHECK(found->size == 7);
    CHECK(gov::base::to_hex(*found->sha256) == hash);
}

TEST_CASE("32-bit ARM is armv6l there") {
    CHECK(find(index_of(row("go1.22.6.linux-armv6l.tar.gz", hash, "7", "armv6l")), "arm"));
}

TEST_CASE("a release or a platform that is not listed is absent") {
    CHECK_FALSE(find("[]"));
    CHECK_FALSE(find(index_of("")));
    CHECK_FALSE(find(index_of(row(archive)), "riscv64"));
    CHECK_FALSE(find(R"([{"version":"go1.22.7","files":[7,null,[]]},{"files":[]}])"));
}

TEST_CASE("an archive without a SHA-256 is found without one") {
    CHECK_FALSE(find(index_of(row(archive, "")))->sha256);
}

TEST_CASE("rows that nobody asked for may be as odd as they like") {
    CHECK(find(index_of(R"({"os":7},null,{"filename":"../../x","os":"plan9"},)" +
                        row("../x", "?", "-1", "arm64") + "," + row(archive))));
}

TEST_CASE("a row that was asked for must be right") {
    for (const std::string& bad :
         {row("../../etc/passwd"), row("go1.22.7.linux-amd64.tar.gz"), row(archive, "abc"),
          row(archive, std::string(64, 'g')), row(archive, hash, "0"), row(archive, hash, "-1"),
          row(archive, hash, "1.5"), row(archive, hash, "\"7\""), row(archive, hash, "null"),
          row(archive) + "," + row(archive, std::string(64, 'b')),
          row(archive) + "," + row(archive, hash, "8"), row(archive) + "," + row(archive, "")}) {
        CAPTURE(bad);
        const Failure failure = failure_for(index_of(bad));
        CHECK(failure.code == ExitCode::verification);
        CHECK(failure.message.starts_with("the release index "));
    }
    CHECK(find(index_of(row(archive) + "," + row(archive))));  // twice the same is no contradiction
}

TEST_CASE("what is no index is no answer, and is shown in short and in safety") {
    for (const char* text : {"", "{}", "7", "<!DOCTYPE html>", "[", "[{\"a\":1,\"a\":2}]", "[7]",
                             R"([{"version":"go1.22.6"}])", R"([{"files":{}}])"}) {
        CAPTURE(std::string{text});
        CHECK(failure_for(text).code == ExitCode::unreachable);
    }
    const Failure failure = failure_for("\x1b[2J<title>Sign in" + std::string(5000, 'x'));
    CHECK(failure.message.find("\\x1b[2J<title>Sign in") != std::string::npos);
    CHECK(failure.message.size() < 300);
    CHECK(failure.hint.find("login page") != std::string::npos);
}
