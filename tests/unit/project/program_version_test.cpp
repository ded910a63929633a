// SPDX-License-Identifier: Apache-2.0
#include "project/program_version.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::project;

TEST_CASE("a requirement is >= and one to three numbers") {
    CHECK(least_version_of(">=0.3") == ProgramVersion{0, 3, 0});
    CHECK(least_version_of(">= 1") == ProgramVersion{1, 0, 0});
    CHECK(least_version_of(">=1.2.3") == ProgramVersion{1, 2, 3});
    for (const char* bad : {"", "0.3", ">0.3", ">=", ">=x", ">=1.", ">=1.2.3.4", ">=-1", ">=1.+2",
                            ">=1.2 ", "<1", ">=99999999999"}) {
        CAPTURE(std::string{bad});
        CHECK_FALSE(least_version_of(bad));
    }
}

TEST_CASE("this gov meets its own version and no later one") {
    CHECK(this_program_version() >= *least_version_of(">=0.0.1"));
    CHECK(this_program_version() < *least_version_of(">=1000"));
}
