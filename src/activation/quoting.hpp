// SPDX-License-Identifier: Apache-2.0
#pragma once
// How each shell writes a word that stands for exactly the bytes of a text.

#include <string>
#include <string_view>

namespace gov::activation {

// For sh, dash, bash, zsh and ksh. One word, never two quoted strings side by side, which zsh's
// RC_QUOTES would join by a quote.
std::string posix_quoted(std::string_view text);

std::string fish_quoted(std::string_view text);

// Bytes as \xHH between double quotes where `text` is not UTF-8, which single quotes cannot hold
// (elvish's language reference, "String").
std::string elvish_quoted(std::string_view text);

// For a text that tcsh evaluates or sources: history is expanded even between quotes, and a newline
// ends the word there unless a backslash stands before it (tcsh(1), "Lexical structure").
std::string tcsh_quoted(std::string_view text);

// For PowerShell, which takes U+2018, U+2019, U+201A and U+201B for the quote as well (its
// CodeGeneration.EscapeSingleQuotedStringContent doubles all five).
std::string powershell_quoted(std::string_view text);

// For nushell, whose text is UTF-8: there is no word for a `text` that is not.
std::string nushell_quoted(std::string_view text);

}  // namespace gov::activation
