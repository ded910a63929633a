// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one error type: what was attempted, what is wrong, what to do next, and the exit code of its
// class.

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace gov::base {

// The program's exit codes; gov-exit-codes(7) is the users' form of this table.
enum class ExitCode : int {
    done = 0,
    failed = 1,
    usage = 2,
    verification = 3,
    tests_failed = 4,
    missing_dependency = 5,
    no_release = 6,
    unreachable = 7,
    disk = 8,
    not_trusted = 9,
    time_limit = 10,
    not_reproducible = 11,
    log_contradiction = 12,
    lock_timeout = 13,
    exec_failed = 125,
    not_executable = 126,
    not_found = 127,
    interrupted = 130,
};

// `message` has no final full stop; `hint` is one sentence on what to do next, or empty.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& message, std::string hint = {},
                   ExitCode code = ExitCode::failed)
        : std::runtime_error{message}, hint_{std::move(hint)}, code_{code} {}

    const std::string& hint() const noexcept { return hint_; }
    ExitCode code() const noexcept { return code_; }

private:
    std::string hint_;
    ExitCode code_;
};

// An Error for a failed system call: "opening /x: No such file or directory". A full disk or quota
// gets ExitCode::disk.
Error system_error(const std::string& what, int error_number);

// The message of `error` with those nested in it, joined by ": ", outermost first.
std::string full_message(const std::exception& error);
// The first hint found from `error` inwards; empty if there is none.
std::string hint_of(const std::exception& error);
// The exit code of the innermost Error; ExitCode::failed if there is none.
ExitCode exit_code_of(const std::exception& error);

// Runs `step`; an exception that leaves it gets `what` as its context.
template <class Step>
auto while_doing(const std::string& what, Step&& step) {
    try {
        return std::forward<Step>(step)();
    } catch (const std::exception&) {
        std::throw_with_nested(Error{what});
    }
}

}  // namespace gov::base
