// SPDX-License-Identifier: Apache-2.0
#pragma once
// SourceKind: what releases can come from, and the words for it.

#include <array>
#include <optional>
#include <string_view>

namespace gov::project {

enum class SourceKind { download, proxy };

// The words of GOV_SOURCES, of the user's config and of receipts, in the order of the enumerators.
inline constexpr std::array<std::string_view, 2> source_words{"download", "proxy"};

constexpr std::string_view name_of(SourceKind kind) {
    return source_words[static_cast<std::size_t>(kind)];
}

// nullopt where `word` is none of source_words.
constexpr std::optional<SourceKind> source_named(std::string_view word) {
    if (word == name_of(SourceKind::download)) return SourceKind::download;
    if (word == name_of(SourceKind::proxy)) return SourceKind::proxy;
    return std::nullopt;
}

}  // namespace gov::project
