// SPDX-License-Identifier: Apache-2.0
#include "cross/release/publish.hpp"

#include "cross/text_template.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::cross;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
namespace fs = std::filesystem;

namespace {

ino_t file_number(const fs::path& path) {
    struct stat facts{};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    return facts.st_ino;
}

}  // namespace

TEST_CASE("what a former build left goes, what others put there stays") {
    const Sandbox sandbox;
    sandbox.write(
        "dist/artifacts.json",
        R"([{"name": "old"}, {"name": "both"}, {"name": "../precious"}, {"name": ".x"}])");
    sandbox.write("dist/old", "1");
    sandbox.write("dist/both", "1");
    sandbox.write("dist/notes", "mine");
    sandbox.write("dist/.x", "mine");
    sandbox.write("precious", "mine");
    sandbox.write("dist/staging/both", "2");
    sandbox.write("dist/staging/new", "2");
    sandbox.write("dist/staging/artifacts.json", R"([{"name": "both"}, {"name": "new"}])");
    CHECK(publish(sandbox.path() / "dist/staging", sandbox.path() / "dist") ==
          std::vector<std::string>{"old"});
    CHECK_FALSE(std::filesystem::exists(sandbox.path() / "dist/old"));
    CHECK(sandbox.read("dist/both") == "2");
    CHECK(sandbox.read("dist/new") == "2");
    CHECK(sandbox.read("dist/notes") == "mine");
    CHECK(sandbox.read("dist/.x") == "mine");
    CHECK(sandbox.read("precious") == "mine");
    CHECK(listed_artifacts(sandbox.path() / "dist") == std::vector<std::string>{"both", "new"});
}

TEST_CASE("a folder that holds nothing else is exchanged as a whole") {
    const Sandbox sandbox;
    const fs::path dist = sandbox.path() / "dist";
    const fs::path link = sandbox.path() / "link";
    sandbox.write("dist/artifacts.json", R"([{"name": "old"}])");
    sandbox.write("dist/old", "1");
    sandbox.write("dist/.gitignore", "mine\n");
    fs::permissions(dist, fs::perms{0750});
    fs::create_directory_symlink("dist", link);
    sandbox.write("dist/staging/out/new", "2");
    sandbox.write("dist/staging/out/artifacts.json", R"([{"name": "new"}])");
    const fs::directory_iterator before{
        dist};  // keeps the old folder's number from being used again
    const ino_t old_number = file_number(dist);
    CHECK(publish(link / "staging/out", link) == std::vector<std::string>{"old"});
    CHECK(file_number(dist) != old_number);
    CHECK(fs::status(dist).permissions() == fs::perms{0750});
    CHECK(sandbox.read("dist/.gitignore") == "mine\n");
    CHECK(sandbox.read("dist/new") == "2");
    CHECK(listed_artifacts(dist) == std::vector<std::string>{"new"});
    CHECK(std::distance(fs::directory_iterator{dist}, {}) == 3);
    CHECK(std::distance(fs::directory_iterator{sandbox.path()}, {}) == 2);
    CHECK(fs::is_symlink(link));
}

TEST_CASE("a list that makes no sense names nothing") {
    const Sandbox sandbox;
    for (const char* text : {"", "{}", "[1, {\"name\": 2}]", "[{\"name\": \"a/b\"}]"}) {
        sandbox.write("artifacts.json", text);
        CHECK(listed_artifacts(sandbox.path()).empty());
    }
}

TEST_CASE("words in braces are replaced, doubled braces are braces") {
    const auto expanded = [](const char* text) {
        return expand_template(text,
                               [](std::string_view word) { return "<" + std::string{word} + ">"; });
    };
    CHECK(expanded("{name}-{os}{ext}") == "<name>-<os><ext>");
    CHECK(expanded("a{{b}}c") == "a{b}c");
    CHECK(expanded("") == "");
    for (const char* text : {"{name", "name}", "a}b{c}"})
        CHECK(failure_of([&] { expanded(text); }).code == ExitCode::usage);
}
