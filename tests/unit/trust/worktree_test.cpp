// SPDX-License-Identifier: Apache-2.0
#include "trust/worktree.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using gov::tests::Sandbox;

namespace {

// A repository in main/ with a linked worktree in linked/, as `git worktree add` makes them.
struct Repository {
    Sandbox sandbox;
    std::filesystem::path root = std::filesystem::canonical(sandbox.path());

    Repository() {
        std::filesystem::create_directories(root / "main/.git/worktrees/linked");
        std::filesystem::create_directories(root / "linked/cmd/app");
        sandbox.write("linked/.git",
                      "gitdir: " + (root / "main/.git/worktrees/linked").native() + "\n");
        sandbox.write("main/.git/worktrees/linked/gitdir", (root / "linked/.git").native() + "\n");
    }
};

std::vector<std::filesystem::path> watched;

std::optional<std::filesystem::path> main_checkout_of(const std::filesystem::path& directory) {
    watched.clear();
    return gov::trust::main_checkout_of(
        directory, [](const std::filesystem::path& file) { watched.push_back(file); });
}

}  // namespace

TEST_CASE("a linked worktree leads to the same place in the main one") {
    const Repository repository;
    const auto found = main_checkout_of(repository.root / "linked/cmd/app");
    REQUIRE(found);
    CHECK(*found == repository.root / "main/cmd/app");
    CHECK(watched == std::vector{repository.root / "linked/.git",
                                 repository.root / "main/.git/worktrees/linked/gitdir"});
    CHECK(main_checkout_of(repository.root / "linked") == repository.root / "main");
}

TEST_CASE("git's relative paths lead there as well") {
    const Repository repository;
    repository.sandbox.write("linked/.git", "gitdir: ../main/.git/worktrees/linked\n");
    repository.sandbox.write("main/.git/worktrees/linked/gitdir", "../../../../linked/.git\n");
    CHECK(main_checkout_of(repository.root / "linked") == repository.root / "main");
}

TEST_CASE("the main worktree and what is no repository are no linked worktree") {
    const Repository repository;
    CHECK_FALSE(main_checkout_of(repository.root / "main"));
    CHECK_FALSE(main_checkout_of(repository.root));
}

TEST_CASE("a .git file that the repository does not name back says nothing") {
    const Repository repository;
    std::filesystem::create_directories(repository.root / "evil");
    repository.sandbox.write("evil/.git", repository.sandbox.read("linked/.git"));
    CHECK_FALSE(main_checkout_of(repository.root / "evil"));
    std::filesystem::remove(repository.root / "main/.git/worktrees/linked/gitdir");
    CHECK_FALSE(main_checkout_of(repository.root / "linked"));
}

TEST_CASE("a repository that is no .git directory says nothing") {
    const Repository repository;
    const auto main = (repository.root / "main").native();
    for (const std::string& text :
         {std::string{}, std::string{"gitdir:"}, std::string{"gitdir: \n"},
          "gitdir: " + main + "\n", "gitdir: " + main + "/.git\n",
          "gitdir: " + main + "/.git/modules/linked\n",
          "gitdir: " + main + "/.git/worktrees/linked\nmore\n",
          "gitdir: " + main + "/.git/worktrees/../worktrees/other\n",
          std::string("gitdir: /\0x\n", 12), std::string(20000, 'x')}) {
        CAPTURE(text.substr(0, 80));
        repository.sandbox.write("linked/.git", text);
        CHECK_FALSE(main_checkout_of(repository.root / "linked"));
    }
}

TEST_CASE("a repository that others can write says nothing") {
    const Repository repository;
    const auto record = repository.root / "main/.git/worktrees/linked";
    ::chmod(record.c_str(), 0777);
    CHECK_FALSE(main_checkout_of(repository.root / "linked"));
    ::chmod(record.c_str(), 0755);
    CHECK(main_checkout_of(repository.root / "linked"));
}
