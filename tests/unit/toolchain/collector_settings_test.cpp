// SPDX-License-Identifier: Apache-2.0
#include "toolchain/collector_settings.hpp"

#include <doctest/doctest.h>

using namespace gov::toolchain;
using gov::base::Environment;

TEST_CASE("the compilers' garbage is the user's to decide, and else gov's") {
    CHECK(collector_settings(Environment{{{"GOGC", ""}}}) ==
          CollectorSettings{{"GOGC", "800"}, {"GOMEMLIMIT", "3GiB"}});
    CHECK(collector_settings(Environment{{{"GOGC", "50"}, {"GOMEMLIMIT", "1GiB"}}}) ==
          CollectorSettings{{"GOGC", "50"}, {"GOMEMLIMIT", "1GiB"}});
}
