// SPDX-License-Identifier: Apache-2.0
#pragma once
// refuse(): the failure of everything that does not prove what it should.

#include "base/error.hpp"

#include <string>

namespace gov::proof {

// Throws Error (ExitCode::verification).
[[noreturn]] inline void refuse(const std::string& message, std::string hint = {}) {
    throw base::Error{message, std::move(hint), base::ExitCode::verification};
}

}  // namespace gov::proof
