// SPDX-License-Identifier: Apache-2.0
#include "proof/note.hpp"

#include "base/base64.hpp"
#include "base/format.hpp"
#include "proof/plain_text.hpp"
#include "proof/refuse.hpp"

#include <optional>
#include <string>

namespace gov::proof {

namespace {

constexpr int max_signatures = 100;

struct SignatureLine {
    std::string_view name;
    std::uint32_t key_hash;
    std::string signature;
};

// From "— name base64", where the base64 is of the key hash and the signature; nullopt for
// anything else.
std::optional<SignatureLine> parse_signature(std::string_view line) {
    constexpr std::string_view dash = "\u2014 ";
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const std::string_view name = line.substr(0, space);
    const auto bytes = base::from_base64(line.substr(space + 1));
    if (!is_signer_name(name) || !bytes || bytes->size() < 5) return std::nullopt;
    return SignatureLine{name, key_hash_at_start(base::as_bytes(*bytes)), bytes->substr(4)};
}

// The number of signatures by `signer` under `text`, all of them right.
int count_signatures(std::string_view text, std::string_view lines, const Verifier& signer) {
    int found = 0;
    for (int number = 1; !lines.empty(); ++number) {
        if (number > max_signatures)
            refuse(base::format("the note has more than {} signatures", max_signatures));
        const auto end = lines.find('\n');
        const auto line = parse_signature(lines.substr(0, end));
        if (!line) refuse(base::format("line {} below the note is no signature", number));
        lines.remove_prefix(end + 1);
        if (line->name != signer.name || line->key_hash != signer.key_hash) continue;
        if (!base::ed25519_verify(signer.public_key, base::as_bytes(text),
                                  base::as_bytes(line->signature)))
            refuse(base::format("the signature of {} on the note is wrong", signer.name));
        ++found;
    }
    return found;
}

}  // namespace

std::string_view open_note(std::string_view note, const Verifier& signer) {
    if (note.size() > max_note_size)
        refuse(base::format("the note is longer than {} bytes", max_note_size));
    if (!is_plain_text(note)) refuse("the note is no plain text");
    const auto blank_line = note.rfind("\n\n");
    if (blank_line == std::string_view::npos || !note.ends_with('\n'))
        refuse("the note has no signatures after a blank line");
    const std::string_view text = note.substr(0, blank_line + 1);
    if (count_signatures(text, note.substr(blank_line + 2), signer) == 0)
        refuse(base::format("the note is not signed by {}", signer.name));
    return text;
}

}  // namespace gov::proof
