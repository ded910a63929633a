// SPDX-License-Identifier: Apache-2.0
#include "proof/directory_memory.hpp"

#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "failure.hpp"
#include "log.hpp"
#include "proof/checksum_database.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <thread>

#include <stdlib.h>

using namespace gov::base;
using namespace gov::proof;
using namespace gov::proof::tests;

namespace {

namespace fs = std::filesystem;

// A directory of a test's own, gone with it.
struct Directory {
    Directory() {
        std::string name = (fs::temp_directory_path() / "gov-proof-XXXXXX").native();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Directory() { fs::remove_all(path); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    DirectoryMemory memory() const {
        return DirectoryMemory{
            {path / "cache" / "tiles", path / "state" / "latest", path / "state" / "evidence"}};
    }

    fs::path path;
};

}  // namespace

TEST_CASE("a head is replaced only while it is the one that was expected") {
    const Directory directory;
    DirectoryMemory memory = directory.memory();
    CHECK(memory.latest().empty());
    CHECK_FALSE(memory.replace_latest("something", "first"));
    CHECK(memory.replace_latest("", "first"));
    CHECK_FALSE(memory.replace_latest("", "second"));
    CHECK(memory.latest() == "first");
    CHECK(directory.memory().replace_latest("first", "second"));
    CHECK(memory.latest() == "second");
    CHECK(memory.latest_place() == (directory.path / "state" / "latest").native());
}

TEST_CASE("a head is not replaced while another gov replaces it") {
    const Directory directory;
    DirectoryMemory memory = directory.memory();
    REQUIRE(memory.replace_latest("", "first"));
    std::optional<FileLock> lock = FileLock::try_take(directory.path / "state" / "latest.lock");
    REQUIRE(lock);
    std::thread other{[&] { CHECK_FALSE(directory.memory().replace_latest("first", "second")); }};
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    CHECK(memory.latest() == "first");
    write_file_atomically(directory.path / "state" / "latest", "third");
    lock.reset();
    other.join();
    CHECK(memory.latest() == "third");
}

TEST_CASE("an empty file of the latest head is no head yet") {
    const Directory directory;
    fs::create_directories(directory.path / "state");
    write_file_atomically(directory.path / "state" / "latest", "");
    const Log log{300};
    Server server{log, 300};
    DirectoryMemory memory = directory.memory();
    prove(log.signer.verifier(), module, version_of(5), server, memory);
    CHECK(memory.latest() == log.note(300));
}

TEST_CASE("tiles are files that may go, come back and be of no use") {
    const Directory directory;
    DirectoryMemory memory = directory.memory();
    const std::string path = "/tile/8/0/x112/757";
    const fs::path file = directory.path / "cache" / "tiles" / "tile" / "8" / "0" / "x112" / "757";
    CHECK_FALSE(memory.tile(path));
    memory.drop_tile(path);
    memory.keep_tile(path, "content");
    CHECK(memory.tile(path) == "content");
    CHECK(read_file(file, 100) == "content");
    memory.keep_tile(path, "other");
    CHECK(memory.tile(path) == "other");
    memory.drop_tile(path);
    CHECK_FALSE(fs::exists(file));

    memory.keep_tile(path, std::string(9000, 'x'));  // no tile is that long
    CHECK_FALSE(memory.tile(path));
    fs::remove(file);
    fs::create_directory(file);
    CHECK_FALSE(memory.tile(path));
    memory.keep_tile(path, "content");
    CHECK_FALSE(memory.tile(path));
}

TEST_CASE("a cache that cannot be written to does not stop a proof") {
    const Directory directory;
    write_file_atomically(directory.path / "cache", "a file where a directory should be");
    const Log log{300};
    Server server{log, 300};
    DirectoryMemory memory = directory.memory();
    CHECK(prove(log.signer.verifier(), module, version_of(5), server, memory).h1 == h1_of(5));
    CHECK(memory.latest() == log.note(300));
}

TEST_CASE("the proof of a contradiction is a file that the error names") {
    const Directory directory;
    DirectoryMemory memory = directory.memory();
    const Log log{70};
    const Log fork{70, 3};
    memory.replace_latest("", log.note(70));
    Server server{fork, 70};
    const Failure failure =
        failure_of([&] { prove(log.signer.verifier(), module, version_of(5), server, memory); });
    CHECK(failure.code == ExitCode::log_contradiction);
    const auto at = failure.message.rfind(" /");
    REQUIRE(at != std::string::npos);
    const auto evidence = read_file(failure.message.substr(at + 1), 1 << 20);
    REQUIRE(evidence);
    CHECK(Json::parse(*evidence).text("older_note") == log.note(70));
    CHECK(Json::parse(*evidence).text("newer_note") == fork.note(70));
    CHECK(memory.latest() == log.note(70));
}

TEST_CASE("SU19: of many at once the largest head stays") {
    const Directory directory;
    const Log log{600};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            for (std::int64_t size = 10 + i; size <= 600; size += 59) {
                Server server{log, size};
                DirectoryMemory memory = directory.memory();
                prove(log.signer.verifier(), module, version_of(5), server, memory);
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(directory.memory().latest() == log.note(600));
}
