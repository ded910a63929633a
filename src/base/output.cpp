// SPDX-License-Identifier: Apache-2.0
#include "base/output.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <string>

#include <unistd.h>

namespace gov::base {

Output::Output(const Environment& environment) {
    const bool plain = environment.non_empty("NO_COLOR") || environment.non_empty("CI") ||
                       environment.get("TERM").value_or("dumb") == "dumb";
    progress_ = !plain && ::isatty(STDERR_FILENO) == 1;
}

void Output::result(std::string_view text) {
    write_all(STDOUT_FILENO, as_bytes(text), "standard output");
}

void Output::note(std::string_view text) noexcept {
    std::string lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        lines += "gov: " + printable(line) + "\n";
    }
    raw_note(lines);
}

void Output::error(const std::exception& error) noexcept {
    note(full_message(error));
    if (const std::string hint = hint_of(error); !hint.empty()) note("hint: " + hint);
}

void Output::raw_note(std::string_view text) noexcept {
    // Standard error may be closed or full; there is nobody left to tell.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace gov::base
