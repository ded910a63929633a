// SPDX-License-Identifier: Apache-2.0
#include "commands/exec_code.hpp"

namespace gov::commands {

using base::ExitCode;

ExitCode exec_code_of(const std::exception& error) {
    switch (const ExitCode code = base::exit_code_of(error)) {
        case ExitCode::no_release:
            return ExitCode::not_found;
        case ExitCode::not_found:
        case ExitCode::not_executable:
            return code;
        default:
            return ExitCode::exec_failed;
    }
}

}  // namespace gov::commands
