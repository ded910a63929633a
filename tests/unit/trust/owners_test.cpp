// SPDX-License-Identifier: Apache-2.0
#include "trust/owners.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::trust::foreign_hand_on;

namespace {

// A file three directories deep below one that is as it should be.
std::filesystem::path deep_file(const Sandbox& sandbox) {
    const auto file = sandbox.write("a/b/file", "");
    for (const char* name : {"a", "a/b"}) ::chmod((sandbox.path() / name).c_str(), 0755);
    ::chmod(file.c_str(), 0644);
    return file;
}

bool complains(const std::filesystem::path& file, const std::string& about) {
    const auto why = foreign_hand_on(file);
    return why && why->find(about) != std::string::npos;
}

}  // namespace

TEST_CASE("a file of one's own in directories of one's own is in no other hand") {
    const Sandbox sandbox;
    CHECK_FALSE(foreign_hand_on(deep_file(sandbox)));
}

TEST_CASE("whatever everybody may write is in other hands, at each level") {
    const Sandbox sandbox;
    for (const char* name : {"a", "a/b", "a/b/file"}) {
        CAPTURE(std::string{name});
        const auto file = deep_file(sandbox);
        ::chmod((sandbox.path() / name).c_str(), 0777);
        CHECK(complains(file, (sandbox.path() / name).native() + ": it can be written"));
    }
}

TEST_CASE("in a sticky directory everybody keeps what is theirs") {
    const Sandbox sandbox;
    const auto file = deep_file(sandbox);
    ::chmod((sandbox.path() / "a").c_str(), 01777);
    CHECK_FALSE(foreign_hand_on(file));
    ::chmod(file.c_str(), 0666);
    CHECK(foreign_hand_on(file));
}

TEST_CASE("what belongs to somebody else is in other hands, at each level") {
    if (::geteuid() != 0) return;  // only root gives files away
    const Sandbox sandbox;
    for (const char* name : {"a", "a/b", "a/b/file"}) {
        CAPTURE(std::string{name});
        const auto path = sandbox.path() / name;
        const auto file = deep_file(sandbox);
        REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
        CHECK(complains(file, path.native() + ": it belongs to user 65534"));
        REQUIRE(::chown(path.c_str(), 0, 0) == 0);
    }
    const auto file = deep_file(sandbox);
    REQUIRE(::chown((sandbox.path() / "a").c_str(), 0, 65534) == 0);
    CHECK_FALSE(foreign_hand_on(file));
    ::chmod((sandbox.path() / "a").c_str(), 0775);
    CHECK(complains(file, "group 65534"));
}

TEST_CASE("behind a link both ends count") {
    const Sandbox sandbox;
    const auto file = deep_file(sandbox);
    std::filesystem::create_directories(sandbox.path() / "c");
    ::chmod((sandbox.path() / "c").c_str(), 0755);
    const auto link = sandbox.path() / "c/link";
    std::filesystem::create_symlink(file, link);
    CHECK_FALSE(foreign_hand_on(link));
    ::chmod((sandbox.path() / "a").c_str(), 0777);
    CHECK(complains(link, (sandbox.path() / "a").native()));
    ::chmod((sandbox.path() / "a").c_str(), 0755);
    ::chmod((sandbox.path() / "c").c_str(), 0777);
    CHECK(complains(link, (sandbox.path() / "c").native()));
}

TEST_CASE("what is not there cannot be judged") {
    const Sandbox sandbox;
    CHECK(failure_of([&] {
              foreign_hand_on(sandbox.path() / "absent");
          }).message.find("looking at") == 0);
}
