// SPDX-License-Identifier: Apache-2.0
#pragma once
// Output: results to standard output, everything else to standard error.

#include "base/environment.hpp"

#include <exception>
#include <string_view>

namespace gov::base {

class Output {
public:
    // `NO_COLOR`, `CI` and `TERM=dumb` in `environment` turn colour and progress off.
    explicit Output(const Environment& environment);

    // Adds `text`, as it is, to standard output. Throws Error if it cannot be written; a reader
    // that went away (EPIPE) ends the program quietly, as it does for other filters.
    void result(std::string_view text);
    // "gov: text" on standard error, for each line of it, printable whatever it is.
    void note(std::string_view text) noexcept;
    // What went wrong, as people see it: a line, and one more with what to do about it.
    void error(const std::exception& error) noexcept;
    // `text` as it is on standard error.
    void raw_note(std::string_view text) noexcept;

    // Whether progress may be drawn: standard error is a terminal and nothing forbids it.
    bool shows_progress() const noexcept { return progress_; }

private:
    bool progress_;
};

}  // namespace gov::base
