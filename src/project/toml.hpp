// SPDX-License-Identifier: Apache-2.0
#pragma once
// TomlFile: a parsed TOML file, its values with their places, and errors that name them.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gov::project {

// A place in a file: line and column (in characters) from 1, and the byte from 0.
struct TomlPlace {
    std::size_t line = 1;
    std::size_t column = 1;
    std::size_t byte = 0;
};

struct TomlEntry;

struct TomlValue {
    struct Moment {};  // a date or time: gov has no use for one
    using Array = std::vector<TomlValue>;
    using Table = std::vector<TomlEntry>;  // sorted by key

    std::variant<Moment, bool, std::int64_t, double, std::string, Array, Table> value;
    TomlPlace begin;
    TomlPlace end;  // after the last character

    // The value if it is of that type, else null.
    template <class Type>
    const Type* as() const noexcept {
        return std::get_if<Type>(&value);
    }
};

struct TomlEntry {
    std::string key;
    TomlPlace place;  // of the key
    TomlValue value;
};

class TomlFile {
public:
    // Parses `text`, which stands in the file `path`. Throws Error (ExitCode::usage)
    // "path:line:column: what is wrong"; `example` is a whole file of this kind, for the hint.
    TomlFile(std::filesystem::path path, std::string_view text, std::string_view example);

    const TomlValue::Table& root() const noexcept { return root_; }
    const std::filesystem::path& path() const noexcept { return path_; }

    // "path:line:column", made printable.
    std::string show(const TomlPlace& place) const;

    // Throws Error (ExitCode::usage) that starts with show(place).
    [[noreturn]] void refuse(const TomlPlace& place, std::string_view what,
                             const std::string& hint) const;

    // Refuses the first key of `table` that is not `known`, with the nearest one that is, else
    // with `hint`.
    void refuse_unknown_keys(const TomlValue::Table& table, std::span<const std::string_view> known,
                             const std::string& hint) const;

private:
    std::filesystem::path path_;
    TomlValue::Table root_;
};

// The entry `key` of `table`; null where it has none.
const TomlEntry* find_entry(const TomlValue::Table& table, std::string_view key) noexcept;

// Where the first line of `text` starts: after the byte order mark that some editors write.
std::size_t start_of_toml(std::string_view text) noexcept;

}  // namespace gov::project
