// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long a release of Go gets fixes: until two later lines are out (go.dev/doc/devel/release,
// "Release Policy").

#include "toolchain/go_version.hpp"

namespace gov::toolchain {

// The line whose first release ends the support of `version`: 1.24 for go1.22.6.
GoVersion end_of_support(const GoVersion& version);

// Whether `version` gets fixes while `newest_line` is the newest line with a release.
bool is_supported(const GoVersion& version, const GoVersion& newest_line);

}  // namespace gov::toolchain
