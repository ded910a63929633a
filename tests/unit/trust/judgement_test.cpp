// SPDX-License-Identifier: Apache-2.0
#include "trust/judgement.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include <sys/stat.h>

using namespace gov::trust;
using gov::store::Places;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

const std::string with_env = "env.A = \"b\"\nenv.dotenv = [\".env\"]\n";

// A user with a home, and projects in the sandbox.
struct User {
    Sandbox sandbox;
    Places places = Places::of(sandbox.environment());
    std::vector<std::filesystem::path> depends_on;

    std::filesystem::path file(const std::string& directory) const {
        return sandbox.path() / directory / ".gotoolchain.toml";
    }

    Judgement judge(const std::string& directory) {
        depends_on.clear();
        const std::string text = sandbox.read(directory + "/.gotoolchain.toml");
        const auto path = file(directory);
        return gov::trust::judge(places, path, text, gov::project::parse_project_file(path, text),
                                 [&](const auto& file) { depends_on.push_back(file); });
    }

    void allow(const std::string& directory, bool any_owner = false) const {
        const std::string text = sandbox.read(directory + "/.gotoolchain.toml");
        const auto path = file(directory);
        write_record(places,
                     {Record::Word::allowed, any_owner, 1,
                      read_claim(path, text, gov::project::parse_project_file(path, text))});
    }

    void deny(const std::string& directory) const {
        write_record(places, {Record::Word::denied, false, 1, {claimed_path(file(directory)), {}}});
    }
};

bool depends_on(User& user, const std::string& directory, const std::string& end) {
    user.judge(directory);
    return std::ranges::any_of(user.depends_on,
                               [&](const auto& path) { return path.native().ends_with(end); });
}

}  // namespace

TEST_CASE("a file that only chooses a version needs no trust") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", "go = \"1.22.6\"\n");
    CHECK(user.judge("p").standing == Standing::needless);
    CHECK(user.judge("p").is_trusted());
    CHECK(user.depends_on.empty());
}

TEST_CASE("a file is trusted for exactly the bytes that were allowed, at its path") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    user.sandbox.write("q/.gotoolchain.toml", with_env);
    CHECK(user.judge("p").standing == Standing::unknown);
    CHECK(depends_on(user, "p", ".record"));
    user.allow("p");
    CHECK(user.judge("p").standing == Standing::allowed);
    CHECK(user.judge("q").standing == Standing::unknown);
    user.sandbox.write("p/.gotoolchain.toml", with_env + " ");
    CHECK(user.judge("p").standing == Standing::changed);
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    CHECK(user.judge("p").standing == Standing::allowed);
}

TEST_CASE("a .env file that comes, changes or goes asks again") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    user.allow("p");
    CHECK(depends_on(user, "p", "/p/.env"));
    user.sandbox.write("p/.env", "");
    CHECK(user.judge("p").standing == Standing::changed);
    CHECK(depends_on(user, "p", "/p/.env"));
    user.allow("p");
    CHECK(user.judge("p").standing == Standing::allowed);
    user.sandbox.write("p/.env", "X=1\n");
    CHECK(user.judge("p").standing == Standing::changed);
    user.allow("p");
    CHECK(user.judge("p").claim.files[1].content == "X=1\n");
    std::filesystem::remove(user.sandbox.path() / "p/.env");
    CHECK(user.judge("p").standing == Standing::changed);
}

TEST_CASE("the files of an untrusted project are not opened") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    std::filesystem::create_directories(user.sandbox.path() / "p/.env");
    CHECK(user.judge("p").standing == Standing::unknown);
    CHECK_FALSE(depends_on(user, "p", "/p/.env"));
}

TEST_CASE("a trusted project's file that cannot be read is an error until it changes") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    user.allow("p");
    std::filesystem::create_directories(user.sandbox.path() / "p/.env");
    CHECK(failure_of([&] { user.judge("p"); }).hint.find(".env file") != std::string::npos);
    CHECK(user.depends_on.back() == user.sandbox.path() / "p/.env");
}

TEST_CASE("a denied file stays denied when it changes") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    user.deny("p");
    CHECK(user.judge("p").standing == Standing::denied);
    user.sandbox.write("p/.gotoolchain.toml", with_env + "#\n");
    CHECK(user.judge("p").standing == Standing::denied);
    CHECK_FALSE(user.judge("p").is_trusted());
}

TEST_CASE("a trusted file that others can change is not obeyed, unless that was allowed") {
    User user;
    const auto file = user.sandbox.write("p/.gotoolchain.toml", with_env);
    user.allow("p");
    ::chmod(file.c_str(), 0666);
    CHECK(user.judge("p").standing == Standing::foreign);
    CHECK(user.judge("p").reason.find("written by everyone") != std::string::npos);
    CHECK_FALSE(user.judge("p").is_trusted());
    user.allow("p", true);
    CHECK(user.judge("p").standing == Standing::allowed);
}

TEST_CASE("a linked worktree inherits for the same bytes alone") {
    User user;
    const auto root = std::filesystem::canonical(user.sandbox.path());
    for (const char* directory : {"main/sub", "linked/sub"})
        user.sandbox.write(std::string{directory} + "/.gotoolchain.toml", with_env);
    user.sandbox.write("linked/.git",
                       "gitdir: " + (root / "main/.git/worktrees/l").native() + "\n");
    user.sandbox.write("main/.git/worktrees/l/gitdir", (root / "linked/.git").native() + "\n");
    CHECK(user.judge("linked/sub").standing == Standing::unknown);
    user.allow("main/sub");
    CHECK(user.judge("linked/sub").standing == Standing::inherited);
    CHECK(depends_on(user, "linked/sub", "main%sub%.gotoolchain.toml.record"));
    user.sandbox.write("linked/sub/.env", "X=1\n");
    CHECK(user.judge("linked/sub").standing == Standing::unknown);
    std::filesystem::remove(user.sandbox.path() / "linked/sub/.env");
    user.deny("linked/sub");
    CHECK(user.judge("linked/sub").standing == Standing::denied);
    remove_record(user.places, claimed_path(user.file("linked/sub")));
    CHECK(user.judge("linked/sub").standing == Standing::inherited);
    user.sandbox.write("linked/sub/.gotoolchain.toml", with_env + "#\n");
    CHECK(user.judge("linked/sub").standing == Standing::unknown);
    user.sandbox.write("linked/sub/.gotoolchain.toml", with_env);
    user.deny("main/sub");
    CHECK(user.judge("linked/sub").standing == Standing::unknown);
}

TEST_CASE("the same file behind another path is the same file") {
    User user;
    user.sandbox.write("p/.gotoolchain.toml", with_env);
    std::filesystem::create_symlink("p", user.sandbox.path() / "link");
    user.allow("link");
    CHECK(user.judge("p").standing == Standing::allowed);
    CHECK(user.judge("link").standing == Standing::allowed);
}
