// SPDX-License-Identifier: Apache-2.0
#include "project/toml.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>

namespace gov::project {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Translates toml++'s places, which count lines and characters from 1 and leave the byte order mark
// out, into bytes.
class Lines {
public:
    explicit Lines(std::string_view text) : text_{text} {
        starts_.push_back(start_of_toml(text));
        for (std::size_t i = starts_[0]; i < text.size(); ++i)
            if (text[i] == '\n') starts_.push_back(i + 1);
    }

    TomlPlace place(const toml::source_position& where) const {
        TomlPlace place{where.line, where.column, text_.size()};
        if (place.line == 0 || place.line > starts_.size()) return place;
        place.byte = starts_[place.line - 1];
        for (std::size_t column = 1; column < place.column && place.byte < text_.size(); ++column) {
            ++place.byte;
            while (continues(place.byte)) ++place.byte;
        }
        return place;
    }

private:
    bool continues(std::size_t byte) const {  // a character that started earlier
        return byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U;
    }

    std::string_view text_;
    std::vector<std::size_t> starts_;
};

TomlValue value_of(const toml::node& node, const Lines& lines);

TomlValue::Table entries_of(const toml::table& table, const Lines& lines) {
    TomlValue::Table entries;
    for (const auto& [key, value] : table)
        entries.push_back(
            {std::string{key.str()}, lines.place(key.source().begin), value_of(value, lines)});
    return entries;
}

TomlValue value_of(const toml::node& node, const Lines& lines) {
    TomlValue result{{}, lines.place(node.source().begin), lines.place(node.source().end)};
    if (const auto* truth = node.as_boolean()) result.value = truth->get();
    if (const auto* integer = node.as_integer()) result.value = integer->get();
    if (const auto* number = node.as_floating_point()) result.value = number->get();
    if (const auto* text = node.as_string()) result.value = text->get();
    if (const auto* table = node.as_table()) result.value = entries_of(*table, lines);
    if (const auto* array = node.as_array()) {
        TomlValue::Array items;
        for (const toml::node& item : *array) items.push_back(value_of(item, lines));
        result.value = std::move(items);
    }
    return result;
}

}  // namespace

std::size_t start_of_toml(std::string_view text) noexcept {
    return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

const TomlEntry* find_entry(const TomlValue::Table& table, std::string_view key) noexcept {
    const auto found = std::ranges::find(table, key, &TomlEntry::key);
    return found == table.end() ? nullptr : &*found;
}

TomlFile::TomlFile(std::filesystem::path path, std::string_view text, std::string_view example)
    : path_{std::move(path)} {
    // toml++ builds and destroys a dotted key by recursion, one frame a part; nobody writes fifty.
    constexpr std::ptrdiff_t most_dots = 200;
    std::size_t line = 1;
    for (std::string_view rest = text; !rest.empty(); ++line) {
        const std::string_view row = rest.substr(0, rest.find('\n'));
        if (std::ranges::count(row, '.') > most_dots)
            refuse({line, 1, 0}, "this line has too many dots", "write one key to a line");
        rest.remove_prefix(std::min(row.size() + 1, rest.size()));
    }
    const toml::parse_result result = toml::parse(text);
    const Lines lines{text};
    if (!result)
        refuse(lines.place(result.error().source().begin),
               base::printable(result.error().description()),
               base::format("the format is TOML; a whole file can be the one line: {}", example));
    root_ = entries_of(result.table(), lines);
}

std::string TomlFile::show(const TomlPlace& place) const {
    return base::format("{}:{}:{}", base::printable(path_.native()), place.line, place.column);
}

void TomlFile::refuse(const TomlPlace& place, std::string_view what,
                      const std::string& hint) const {
    throw base::Error{base::format("{}: {}", show(place), what), hint, base::ExitCode::usage};
}

void TomlFile::refuse_unknown_keys(const TomlValue::Table& table,
                                   std::span<const std::string_view> known,
                                   const std::string& hint) const {
    for (const TomlEntry& entry : table) {
        if (std::ranges::find(known, entry.key) != known.end()) continue;
        const auto nearest = base::closest_word(entry.key, known);
        refuse(entry.place, base::format("unknown key \"{}\"", base::printable(entry.key)),
               nearest ? base::format("did you mean \"{}\"?", *nearest) : hint);
    }
}

}  // namespace gov::project
