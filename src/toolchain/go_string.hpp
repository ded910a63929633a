// SPDX-License-Identifier: Apache-2.0
#pragma once
// Go string literals, as build information and Go source spell them.

#include <optional>
#include <string>
#include <string_view>

namespace gov::toolchain {

// The value of the literal ("…" or `…`) that `text` starts with; `text` then holds what follows it.
// nullopt, with `text` unchanged, where there is no whole literal (Go: strconv.Unquote).
std::optional<std::string> take_go_string(std::string_view& text);

}  // namespace gov::toolchain
