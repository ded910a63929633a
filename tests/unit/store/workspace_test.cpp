// SPDX-License-Identifier: Apache-2.0
#include "store/workspace.hpp"

#include "store/installed.hpp"
#include "store/manifest.hpp"
#include "store/receipt.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::store;
using gov::base::FileLock;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

namespace fs = std::filesystem;

const GoVersion& version() {
    static const GoVersion go1_22_6 = GoVersion::require("1.22.6");
    return go1_22_6;
}

struct Home {
    Sandbox sandbox;
    Places places = Places::of(sandbox.environment());

    FileLock lock() const {
        return lock_version(places, version(), [] { FAIL("the lock is taken"); });
    }
    bool has(const char* name) const { return fs::exists(places.home / name); }
};

void put_go(const fs::path& goroot) {
    fs::create_directories(goroot / "bin");
    fs::copy_file("/bin/true", goroot / "bin/go");
}

unsigned mode_of(const fs::path& path) {
    struct stat status;
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("a staged toolchain is not to be seen before it is committed") {
    const Home home;
    const FileLock lock = home.lock();
    Staging staging{home.places, version()};
    put_go(staging.path());
    CHECK(staging.path().parent_path() == home.places.staging());
    CHECK(mode_of(staging.path()) == 0700);
    CHECK_FALSE(find_installed(home.places, version()));
    staging.commit();
    CHECK(find_installed(home.places, version()));
    CHECK(mode_of(home.places.goroot(version())) == 0755);
    CHECK(fs::is_empty(home.places.staging()));
}

TEST_CASE("what is not committed is gone with all its content") {
    const Home home;
    const FileLock lock = home.lock();
    {
        const Staging staging{home.places, version()};
        put_go(staging.path());
    }
    CHECK(fs::is_empty(home.places.staging()));
    CHECK_FALSE(fs::exists(home.places.goroot(version())));
}

TEST_CASE("a commit never replaces what is there") {
    const Home home;
    const FileLock lock = home.lock();
    home.sandbox.write("gov/versions/go1.22.6/mine", "precious");
    {
        Staging staging{home.places, version()};
        put_go(staging.path());
        const auto failure = failure_of([&] { staging.commit(); });
        CHECK(failure.message.ends_with("/go1.22.6 is in the way"));
    }
    CHECK(home.sandbox.read("gov/versions/go1.22.6/mine") == "precious");
    CHECK(fs::is_empty(home.places.staging()));
}

TEST_CASE("a removed toolchain is in the trash with its receipt, and can be had back") {
    const Home home;
    const FileLock lock = home.lock();
    CHECK_FALSE(remove_toolchain(home.places, version()));
    put_go(home.places.goroot(version()));
    Manifest::write(home.places, version(), "");
    home.sandbox.write("gov/receipts/go1.22.6.json", "{}");
    CHECK(remove_toolchain(home.places, version()));
    CHECK(fs::is_empty(home.places.versions()));
    CHECK(fs::is_empty(home.places.receipts()));
    clean_up(home.places);  // too early to delete it
    CHECK_FALSE(Trashed::find(home.places, GoVersion::require("1.22.5")));
    const auto trashed = Trashed::find(home.places, version());
    REQUIRE(trashed);
    CHECK(Manifest::read(home.places, version()));
    trashed->restore(home.places, version());
    CHECK(find_installed(home.places, version()));
    CHECK(fs::is_empty(home.places.trash()));
}

TEST_CASE("the trash is emptied on request, and by itself after an hour") {
    const Home home;
    for (const bool wait : {false, true}) {
        {
            const FileLock lock = home.lock();
            put_go(home.places.goroot(version()));
            CHECK(remove_toolchain(home.places, version()));
            CHECK(empty_trash(home.places) == 0);  // somebody is working on it
        }
        if (!wait) {
            CHECK(empty_trash(home.places) == 1);
        } else {
            for (const auto& entry : fs::directory_iterator{home.places.trash()})
                fs::last_write_time(entry,
                                    fs::file_time_type::clock::now() - std::chrono::hours{2});
            clean_up(home.places);
        }
        CHECK(fs::is_empty(home.places.trash()));
    }
}

TEST_CASE("a link in a toolchain's place is removed without what it leads to") {
    const Home home;
    const FileLock lock = home.lock();
    home.sandbox.write("elsewhere/file", "precious");
    fs::create_directories(home.places.versions());
    fs::create_symlink(home.sandbox.path() / "elsewhere", home.places.goroot(version()));
    CHECK(remove_toolchain(home.places, version()));
    CHECK(home.sandbox.read("elsewhere/file") == "precious");
}

TEST_CASE("cleaning up removes what killed govs left") {
    const Home home;
    home.sandbox.write("gov/staging/go1.22.6.AbCdEf/bin/go", "half");
    home.sandbox.write("gov/downloads/go1.20.14.partial", "half");
    clean_up(home.places);
    CHECK(fs::is_empty(home.places.staging()));
    CHECK(fs::is_empty(home.places.downloads()));
}

TEST_CASE("a download that can go on is kept for a week") {
    const Home home;
    const auto file = home.sandbox.write("gov/downloads/go1.22.6.partial", "half");
    home.sandbox.write("gov/downloads/go1.22.6.resume", "{}");
    home.sandbox.write("gov/downloads/go1.23.3.resume", "{}");
    home.sandbox.write("gov/downloads/go1.23.3.new", "{");
    clean_up(home.places);
    CHECK(home.has("downloads/go1.22.6.partial"));
    CHECK(home.has("downloads/go1.22.6.resume"));
    CHECK_FALSE(home.has("downloads/go1.23.3.resume"));
    CHECK_FALSE(home.has("downloads/go1.23.3.new"));
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours{24 * 8});
    clean_up(home.places);
    CHECK_FALSE(home.has("downloads/go1.22.6.partial"));
}

TEST_CASE("cleaning up leaves alone what a live gov works on and what gov did not make") {
    const Home home;
    const FileLock lock = home.lock();
    const Staging staging{home.places, version()};
    home.sandbox.write("gov/downloads/go1.22.6.partial", "coming");
    home.sandbox.write("gov/downloads/notes.txt", "mine");
    home.sandbox.write("gov/staging/go1.23.3.AbCdEf/bin/go", "half");
    clean_up(home.places);
    CHECK(fs::exists(staging.path()));
    CHECK(home.has("downloads/go1.22.6.partial"));
    CHECK(home.has("downloads/notes.txt"));
    CHECK_FALSE(home.has("staging/go1.23.3.AbCdEf"));
}

TEST_CASE("cleaning up an empty home makes nothing") {
    const Home home;
    clean_up(home.places);
    CHECK_FALSE(fs::exists(home.places.home));
}

TEST_CASE("locks of different releases do not wait for each other") {
    const Home home;
    const FileLock first = home.lock();
    const FileLock second = lock_version(home.places, GoVersion::require("1.22.7"),
                                         [] { FAIL("waited for another release"); });
    CHECK_FALSE(FileLock::try_take(home.places.locks() / "go1.22.6"));
}

TEST_CASE("only the user may look into gov's home") {
    const Home home;
    const FileLock lock = home.lock();
    CHECK(mode_of(home.places.home) == 0700);
    CHECK(mode_of(home.places.locks()) == 0700);
}
