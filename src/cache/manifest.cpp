// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace gov::cache {

namespace {

// What stands in `text` up to `end`, which is taken as well; nullopt where there is no `end`.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
    const auto at = text.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view word = text.substr(0, at);
    text.remove_prefix(at + 1);
    return word;
}

template <class Number>
bool take_number(std::string_view& text, char end, Number& number) {
    const auto word = take_until(text, end);
    if (!word) return false;
    const auto [rest, error] = std::from_chars(word->data(), word->data() + word->size(), number);
    return error == std::errc{} && rest == word->data() + word->size();
}

std::optional<base::Digest> take_digest(std::string_view& text) {
    const auto word = take_until(text, ' ');
    return word ? base::digest_from_hex(*word) : std::nullopt;
}

}  // namespace

ActionId BuildKey::id() const {
    return base::sha256(base::as_bytes(
        base::format("gov cache manifest 1\n{}\n{}/{}\n{}\n", go_version, os, arch, module)));
}

std::string write_manifest(const Manifest& manifest) {
    std::string text;
    for (const auto& [action, entry] : manifest)
        text += base::format("{} {} {} {}\n", base::to_hex(action), base::to_hex(entry.output),
                             entry.size, entry.time);
    return text;
}

std::optional<Manifest> read_manifest(std::string_view text) {
    Manifest manifest;
    while (!text.empty()) {
        const auto action = take_digest(text);
        const auto output = action ? take_digest(text) : std::nullopt;
        Entry entry;
        if (!output || !take_number(text, ' ', entry.size) || entry.size > largest_body ||
            !take_number(text, '\n', entry.time) || entry.time < 0)
            return std::nullopt;
        entry.output = *output;
        manifest.emplace_back(*action, entry);
    }
    return manifest;
}

bool is_folder_index(std::string_view beginning) noexcept {
    return beginning.starts_with("go index v");
}

// "!<arch>\n", the archive's header of 60 bytes for __.PKGDEF, and "go object linux amd64 go1.22.6
// …" (cmd/internal/obj and cmd/internal/archive).
std::optional<ObjectHeader> read_object_header(std::string_view beginning) {
    constexpr std::string_view magic = "!<arch>\n";
    constexpr std::size_t member_header = 60;
    constexpr std::string_view object = "go object ";
    if (!beginning.starts_with(magic) || beginning.size() < magic.size() + member_header)
        return std::nullopt;
    beginning.remove_prefix(magic.size() + member_header);
    if (!beginning.starts_with(object)) return std::nullopt;
    beginning.remove_prefix(object.size());
    std::string_view line = beginning.substr(0, beginning.find('\n'));
    std::array<std::string_view, 3> words;
    for (std::string_view& word : words) {
        word = line.substr(0, line.find(' '));
        line.remove_prefix(std::min(word.size() + 1, line.size()));
    }
    if (words[2].empty()) return std::nullopt;
    return ObjectHeader{words[0], words[1], words[2]};
}

}  // namespace gov::cache
