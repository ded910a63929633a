// SPDX-License-Identifier: Apache-2.0
#include "base/own_file.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

using namespace gov::base;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

struct stat status_of(uid_t user, gid_t group, mode_t mode) {
    struct stat status = {};
    status.st_uid = user;
    status.st_gid = group;
    status.st_mode = mode;
    return status;
}

}  // namespace

TEST_CASE("a file is the user's own where only they, root and their own group may write it") {
    const uid_t me = ::geteuid();
    const uid_t other = me + 1;
    CHECK_FALSE(foreign_hand(status_of(me, me, S_IFREG | 0644)));
    CHECK_FALSE(foreign_hand(status_of(me, me, S_IFREG | 0664)));
    CHECK_FALSE(foreign_hand(status_of(0, 0, S_IFREG | 0644)));
    CHECK_FALSE(foreign_hand(status_of(0, 0, S_IFDIR | 01777)));
    CHECK(foreign_hand(status_of(other, other, S_IFREG | 0600))
              .value()
              .ends_with("user " + std::to_string(other)));
    CHECK(foreign_hand(status_of(other, other, S_IFDIR | 01777)));
    CHECK(foreign_hand(status_of(me, me, S_IFREG | 0666)).value().ends_with("everyone"));
    CHECK(foreign_hand(status_of(me, me, S_IFDIR | 0777)));
    CHECK(foreign_hand(status_of(me, me + 7, S_IFREG | 0660)).value().find("group") !=
          std::string::npos);
}

TEST_CASE("a file of the user's own is read, also through a link") {
    const Sandbox sandbox;
    const auto file = sandbox.write("config/file", "text");
    CHECK(read_own_file(file, 4) == "text");
    CHECK(failure_of([&] { read_own_file(file, 3); }).code == ExitCode::failed);
    CHECK_FALSE(read_own_file(sandbox.path() / "absent", 4));
    std::filesystem::create_symlink(file, sandbox.path() / "link");
    CHECK(read_own_file(sandbox.path() / "link", 4) == "text");
}

TEST_CASE("a file that others can have written is not obeyed, and the hint mends it") {
    const Sandbox sandbox;
    const auto file = sandbox.write("config/file", "text");
    for (const auto& path : {file, file.parent_path()}) {
        const mode_t before = path == file ? 0644 : 0755;
        REQUIRE(::chmod(path.c_str(), before | S_IWOTH) == 0);
        const auto failure = failure_of([&] { read_own_file(file, 4); });
        CHECK(failure.code == ExitCode::not_trusted);
        CHECK(failure.message.find("written by everyone") != std::string::npos);
        CHECK(failure.hint == "chmod go-w '" + path.native() + "'");
        REQUIRE(::chmod(path.c_str(), before) == 0);
        CHECK(read_own_file(file, 4) == "text");
    }
}
