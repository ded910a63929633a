// SPDX-License-Identifier: Apache-2.0
#include "proof/tree_head.hpp"

#include "proof/decimal.hpp"
#include "proof/hash_text.hpp"
#include "proof/merkle.hpp"
#include "proof/note.hpp"
#include "proof/refuse.hpp"

#include <optional>

namespace gov::proof {

namespace {

// Takes the first line off `text`, without its line break; nullopt where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

}  // namespace

TreeHead parse_tree_head(std::string_view text) {
    if (take_line(text) != "go.sum database tree") refuse("the note is no tree head");
    const auto size = parse_decimal(take_line(text).value_or(""));
    if (!size) refuse("the tree head has no size");
    const auto root = hash_from_text(take_line(text).value_or(""));
    if (!root) refuse("the tree head has no root hash");
    if (*size == 0 && *root != empty_root())
        refuse("the tree head gives a root to a tree without records");
    return {*size, *root};
}

SignedHead open_tree_head(std::string note, const Verifier& signer) {
    const TreeHead head = parse_tree_head(open_note(note, signer));
    return {head, std::move(note)};
}

}  // namespace gov::proof
