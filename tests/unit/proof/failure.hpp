// SPDX-License-Identifier: Apache-2.0
#pragma once
// failure_of(): how something failed.

#include "base/error.hpp"

#include <string>

namespace gov::proof::tests {

struct Failure {
    base::ExitCode code = base::ExitCode::done;  // done: it did not fail
    std::string message;
    std::string hint;
};

template <class Step>
Failure failure_of(Step&& step) {
    try {
        step();
        return {};
    } catch (const std::exception& error) {
        return {base::exit_code_of(error), base::full_message(error), base::hint_of(error)};
    }
}

// Whether `step` was refused for what it was given, and for nothing else.
template <class Step>
bool is_refused(Step&& step) {
    return failure_of(step).code == base::ExitCode::verification;
}

}  // namespace gov::proof::tests
