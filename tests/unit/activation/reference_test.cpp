// SPDX-License-Identifier: Apache-2.0
#include "activation/reference.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using gov::activation::reference_of;
using gov::store::Places;
using gov::tests::Sandbox;

namespace {

timespec time_of(const std::string& path) {
    struct stat status;
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mtim;
}

}  // namespace

TEST_CASE("a reference has the exact time, also before 1970") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    for (const timespec& modified :
         {timespec{1'700'000'000, 1}, {1'700'000'000, 999'999'999}, {0, 0}, {-1, 500'000'000}}) {
        const auto path = reference_of(modified, places);
        REQUIRE(path);
        CHECK(time_of(*path).tv_sec == modified.tv_sec);
        CHECK(time_of(*path).tv_nsec == modified.tv_nsec);
    }
}

TEST_CASE("a reference is made once and shared") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const auto path = reference_of({5, 5}, places);
    struct stat first;
    REQUIRE(::stat(path->c_str(), &first) == 0);
    CHECK(reference_of({5, 5}, places) == path);
    struct stat second;
    REQUIRE(::stat(path->c_str(), &second) == 0);
    CHECK(first.st_ino == second.st_ino);
    CHECK(reference_of({5, 6}, places) != path);
}

TEST_CASE("a reference that was touched is made anew") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const auto path = reference_of({5, 5}, places);
    std::filesystem::last_write_time(*path, std::filesystem::file_time_type::clock::now());
    CHECK(reference_of({5, 5}, places) == path);
    CHECK(time_of(*path).tv_sec == 5);
}

TEST_CASE("where no reference can be made there is none") {
    const Sandbox sandbox;
    Places places = Places::of(sandbox.environment());
    places.state = sandbox.write("a file", "");
    CHECK_FALSE(reference_of({5, 5}, places));
}
