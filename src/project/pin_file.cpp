// SPDX-License-Identifier: Apache-2.0
#include "project/pin_file.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>
#include <array>

namespace gov::project {

namespace fs = std::filesystem;
using toolchain::GoVersion;

namespace {

constexpr std::size_t size_limit = 64 * 1024;
constexpr std::array<std::string_view, 1> known_keys{"go"};

[[noreturn]] void refuse(const fs::path& path, const toml::source_position& where,
                         std::string_view what, const std::string& hint) {
    throw base::Error{base::format("{}:{}:{}: {}", base::printable(path.native()), where.line,
                                   where.column, what),
                      hint, base::ExitCode::usage};
}

// toml++ builds and destroys a dotted key by recursion, one frame a part; nobody writes fifty.
void refuse_deep_keys(const fs::path& path, std::string_view text) {
    constexpr std::ptrdiff_t most_dots = 200;
    toml::source_index line = 1;
    while (!text.empty()) {
        const std::string_view row = text.substr(0, text.find('\n'));
        if (std::ranges::count(row, '.') > most_dots)
            refuse(path, {line, 1}, "this line has too many dots", "write one key to a line");
        text.remove_prefix(std::min(row.size() + 1, text.size()));
        ++line;
    }
}

toml::table parse(const fs::path& path, std::string_view text) {
    refuse_deep_keys(path, text);
    toml::parse_result result = toml::parse(text);
    if (!result) {
        const toml::parse_error& error = result.error();
        refuse(path, error.source().begin, base::printable(error.description()),
               "the format is TOML; a whole pin file can be the one line: go = \"1.22.6\"");
    }
    return std::move(result).table();
}

void refuse_unknown_keys(const fs::path& path, const toml::table& table) {
    for (const auto& [key, value] : table) {
        const std::string_view name = key.str();
        if (std::ranges::find(known_keys, name) != known_keys.end()) continue;
        const auto nearest = base::closest_word(name, known_keys);
        refuse(path, key.source().begin, base::format("unknown key \"{}\"", base::printable(name)),
               nearest ? base::format("did you mean \"{}\"?", *nearest)
                       : std::string{"the only key is \"go\", see gotoolchain.toml(5)"});
    }
}

// The `go` line's value; null where there is none.
const toml::value<std::string>* go_value(const fs::path& path, const toml::table& table) {
    const toml::node* node = table.get("go");
    if (node == nullptr) return nullptr;
    const toml::value<std::string>* value = node->as_string();
    if (value == nullptr)
        refuse(path, node->source().begin, "\"go\" must be a string",
               "write the version in quotes: go = \"1.22.6\"");
    return value;
}

GoVersion release_of(const fs::path& path, const toml::value<std::string>& value) {
    const auto version = GoVersion::parse(value.get());
    if (!version)
        refuse(path, value.source().begin,
               base::format("\"{}\" is not a Go version",
                            base::printable(std::string_view{value.get()}.substr(0, 64))),
               "versions look like 1.22.6, go1.22.6 or 1.23rc1");
    if (version->is_language_only())
        refuse(path, value.source().begin,
               base::format("{} is a language version, not a release", version->number()),
               base::format("its first release is {}.0", version->number()));
    return *version;
}

// Where the first line starts: after the byte order mark that some editors write.
std::size_t start_of(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

// The byte at `where`: toml++ counts lines and characters from 1, and not the byte order mark.
std::size_t offset_of(std::string_view text, const toml::source_position& where) {
    std::size_t offset = start_of(text);
    for (toml::source_index line = 1; line < where.line; ++line)
        offset = text.find('\n', offset) + 1;
    const auto continues = [&] {
        return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
    };
    for (toml::source_index column = 1; column < where.column; ++column) {
        ++offset;
        while (continues()) ++offset;
    }
    return offset;
}

}  // namespace

std::optional<Pin> parse_pin(const fs::path& path, std::string_view text) {
    const toml::table table = parse(path, text);
    refuse_unknown_keys(path, table);
    const auto* value = go_value(path, table);
    if (value == nullptr) return std::nullopt;
    return Pin{release_of(path, *value), path, value->source().begin.line};
}

std::optional<std::string> read_pin_file(const fs::path& path) {
    try {
        return base::read_file(path, size_limit);
    } catch (const base::Error& error) {
        throw base::Error{error.what(), "a pin file is a readable regular file of at most 64 KiB",
                          base::ExitCode::usage};
    }
}

std::string with_version(const fs::path& path, std::string_view text, const GoVersion& version) {
    const toml::table table = parse(path, text);
    refuse_unknown_keys(path, table);
    const auto* value = go_value(path, table);
    const std::string quoted = base::format("\"{}\"", version.number());
    std::string result{text};
    if (value == nullptr) return result.insert(start_of(text), base::format("go = {}\n", quoted));
    const std::size_t begin = offset_of(text, value->source().begin);
    const std::size_t end = offset_of(text, value->source().end);
    return result.replace(begin, end - begin, quoted);
}

}  // namespace gov::project
