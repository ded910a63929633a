// SPDX-License-Identifier: Apache-2.0
#include "toolchain/support.hpp"

#include <doctest/doctest.h>

using gov::toolchain::end_of_support;
using gov::toolchain::GoVersion;
using gov::toolchain::is_supported;

TEST_CASE("a line is supported until two later ones are out") {
    CHECK(end_of_support(GoVersion::require("1.22.6")).number() == "1.24");
    CHECK(end_of_support(GoVersion::require("1.27rc1")).number() == "1.29");
    CHECK(end_of_support(GoVersion::require("1.4")).number() == "1.6");
    CHECK(end_of_support(GoVersion::require("go1")).number() == "1.2");
    for (const char* newest : {"1.22", "1.23", "1.23.4"})
        CHECK(is_supported(GoVersion::require("1.22.6"), GoVersion::require(newest)));
    for (const char* newest : {"1.24", "1.24.0", "1.27", "2.0"})
        CHECK_FALSE(is_supported(GoVersion::require("1.22.6"), GoVersion::require(newest)));
}
