// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <cerrno>
#include <system_error>

namespace gov::base {

namespace {

// Calls `visit` for `error` and each exception nested in it, outermost first.
template <class Visit>
void for_each_nested(const std::exception& error, const Visit& visit) {
    visit(error);
    try {
        std::rethrow_if_nested(error);
    } catch (const std::exception& inner) {
        for_each_nested(inner, visit);
    }
}

}  // namespace

Error system_error(const std::string& what, int error_number) {
    const std::string message = what + ": " + std::generic_category().message(error_number);
    if (error_number == ENOSPC || error_number == EDQUOT)
        return Error{message, "free some space, then try again", ExitCode::disk};
    return Error{message};
}

std::string full_message(const std::exception& error) {
    std::string text;
    for_each_nested(error, [&](const std::exception& part) {
        if (!text.empty()) text += ": ";
        text += part.what();
    });
    return text;
}

std::string hint_of(const std::exception& error) {
    std::string hint;
    for_each_nested(error, [&](const std::exception& part) {
        const auto* ours = dynamic_cast<const Error*>(&part);
        if (ours != nullptr && hint.empty()) hint = ours->hint();
    });
    return hint;
}

ExitCode exit_code_of(const std::exception& error) {
    ExitCode code = ExitCode::failed;
    for_each_nested(error, [&](const std::exception& part) {
        const auto* ours = dynamic_cast<const Error*>(&part);
        if (ours != nullptr && ours->code() != ExitCode::failed) code = ours->code();
    });
    return code;
}

}  // namespace gov::base
