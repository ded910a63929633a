// SPDX-License-Identifier: Apache-2.0
#include "trust/claim.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::trust;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

Claim claim_of(const Sandbox& sandbox, const std::string& text) {
    const auto path = sandbox.write("p/.gotoolchain.toml", text);
    return read_claim(path, text, gov::project::parse_project_file(path, text));
}

std::string hash_of(std::vector<Claim::File> files) {
    return Claim{"/anywhere", std::move(files)}.trust_hash();
}

}  // namespace

TEST_CASE("a claim has the project's file and the .env files that are there or not") {
    const Sandbox sandbox;
    sandbox.write("p/b.env", "B=1\n");
    const std::string text = "env.dotenv = [\".env\", \"b.env\"]\n";
    const Claim claim = claim_of(sandbox, text);
    CHECK(claim.path == std::filesystem::canonical(sandbox.path() / "p") / ".gotoolchain.toml");
    CHECK(claim.files == std::vector<Claim::File>{{".gotoolchain.toml", text},
                                                  {".env", std::nullopt},
                                                  {"b.env", "B=1\n"}});
}

TEST_CASE("the directory's links are resolved, the file's own is not") {
    const Sandbox sandbox;
    const auto real = sandbox.write("real/file.toml", "");
    std::filesystem::create_symlink(sandbox.path() / "real", sandbox.path() / "link");
    std::filesystem::create_symlink("file.toml", sandbox.path() / "real/.gotoolchain.toml");
    CHECK(claimed_path(sandbox.path() / "link/.gotoolchain.toml") ==
          std::filesystem::canonical(real.parent_path()) / ".gotoolchain.toml");
}

TEST_CASE("a .env file that is no readable file is refused and never waited for") {
    const Sandbox sandbox;
    std::filesystem::create_directories(sandbox.path() / "p");
    REQUIRE(::mkfifo((sandbox.path() / "p/fifo").c_str(), 0600) == 0);
    sandbox.write("p/big", std::string(65537, '#'));
    for (const char* name : {"fifo", "big", "."}) {
        CAPTURE(std::string{name});
        const auto failure = failure_of(
            [&] { claim_of(sandbox, "env.dotenv = [\"" + std::string{name} + "\"]\n"); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.hint.find("at most 64 KiB") != std::string::npos);
    }
}

TEST_CASE("the trust hash is of names and contents, and of nothing else") {
    const Claim claim{"/one", {{"a", "x"}}};
    CHECK(claim.trust_hash() == Claim{"/two", {{"a", "x"}}}.trust_hash());
    CHECK(claim.trust_hash().size() == 64);
    // printf 'gov-trust-1\0\1\0\0\0\0\0\0\0a+\1\0\0\0\0\0\0\0x' | sha256sum
    CHECK(claim.trust_hash() == "ae11ba73f29631615a3d5430ee8ed57c18506f11f0a82a830607fead93158d50");
}

TEST_CASE("no two claims have the same trust hash by the way they are joined") {
    const std::vector<std::string> hashes{
        hash_of({{"a", "x"}}),
        hash_of({{"a", "y"}}),
        hash_of({{"b", "x"}}),
        hash_of({{"a", std::nullopt}}),
        hash_of({{"a", ""}}),
        hash_of({{"a", "x"}, {"b", std::nullopt}}),
        hash_of({{"a", std::string("x\1\0\0\0\0\0\0\0b-", 11)}}),
        hash_of({{"ax", ""}}),
        hash_of({{"a", "x\nb"}}),
        hash_of({{"a\nx", "b"}}),
    };
    for (std::size_t i = 0; i < hashes.size(); ++i)
        for (std::size_t j = i + 1; j < hashes.size(); ++j) CHECK(hashes[i] != hashes[j]);
}
