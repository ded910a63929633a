// SPDX-License-Identifier: Apache-2.0
#pragma once
// StartUp: where a shell gets the hook from when it starts, and the lines there that bring it.

#include "activation/shell.hpp"
#include "base/environment.hpp"
#include "store/places.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gov::activation {

struct StartUp {
    std::filesystem::path file;  // that the shell reads when it starts
    std::filesystem::path
        hook;               // gov's own, which `file` sources; the same where that is all gov's
    std::string statement;  // that sources `hook` if it is there; empty where `file` is `hook`

    // Of `shell`, as `environment` has it. Throws Error (ExitCode::usage) where there is none.
    static StartUp of(const Shell& shell, const base::Environment& environment,
                      const store::Places& places);
};

// `text` with the lines that hold `statement` after all others; the same text where it has them.
std::string with_hook_lines(std::string_view text, std::string_view statement);

// `text` as it was before with_hook_lines, whatever was written around the lines since; nullopt
// where it has none.
std::optional<std::string> without_hook_lines(std::string_view text);

// The number of the line in `text`, from 1, that has gov's hook without gov setup's lines; 0 if
// there is none.
std::size_t line_with_hook(std::string_view text);

}  // namespace gov::activation
