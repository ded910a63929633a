// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_inputs.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::tests::failure_of;
using gov::tests::Sandbox;

TEST_CASE("stars name files, two of them directories too") {
    CHECK(matches_path("inc/*.h", "inc/a.h"));
    CHECK_FALSE(matches_path("inc/*.h", "inc/deep/a.h"));
    CHECK(matches_path("inc/**/*.h", "inc/a.h"));
    CHECK(matches_path("inc/**/*.h", "inc/very/deep/a.h"));
    CHECK_FALSE(matches_path("inc/**/*.h", "other/a.h"));
    CHECK(matches_path("lib/libz.a", "lib/libz.a"));
    CHECK_FALSE(matches_path("lib/libz.a", "lib/libz.a.old"));
}

TEST_CASE("the hash changes with the content and the names of the files, and with nothing else") {
    const Sandbox sandbox;
    sandbox.write("inc/a.h", "1");
    sandbox.write("inc/deep/b.h", "2");
    sandbox.write("inc/readme", "3");
    const std::vector<std::string> patterns{"inc/**/*.h"};
    const std::string before = hash_of_inputs(sandbox.path(), patterns);
    sandbox.write("inc/readme", "4");
    CHECK(hash_of_inputs(sandbox.path(), patterns) == before);
    sandbox.write("inc/deep/b.h", "3");
    CHECK(hash_of_inputs(sandbox.path(), patterns) != before);
    sandbox.write("inc/deep/b.h", "2");
    CHECK(hash_of_inputs(sandbox.path() / "inc/..", patterns) == before);
    sandbox.write("inc/c.h", "");
    CHECK(hash_of_inputs(sandbox.path(), patterns) != before);
    CHECK(failure_of([&] { hash_of_inputs(sandbox.path(), {"inc/*.hpp"}); }).message ==
          "c_inputs: inc/*.hpp names no file");
}
