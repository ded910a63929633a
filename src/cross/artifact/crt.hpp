// SPDX-License-Identifier: Apache-2.0
#pragma once
// Crt: the C runtimes that Windows programs use.

#include "cross/artifact/artifact.hpp"

#include <optional>
#include <string_view>

namespace gov::cross {

enum class Crt { msvcrt, ucrt };

// "msvcrt", "ucrt"; nullopt for anything else.
std::optional<Crt> parse_crt(std::string_view text) noexcept;
std::string_view name_of(Crt crt) noexcept;

// The C runtime of a Windows program by its DLLs; nullopt where it needs none.
std::optional<Crt> crt_of(const Artifact& artifact);

}  // namespace gov::cross
