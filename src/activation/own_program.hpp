// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where this very program is, for what starts it again later.

#include "base/environment.hpp"

#include <string>

namespace gov::activation {

// The path of the running program, links resolved. Throws Error where the kernel does not tell.
std::string own_path();

// The path to start gov by from now on: the first `gov` on PATH if that is this program, since a
// package manager keeps that name through upgrades, else own_path().
std::string lasting_path(const base::Environment& environment);

}  // namespace gov::activation
