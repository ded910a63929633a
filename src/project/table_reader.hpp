// SPDX-License-Identifier: Apache-2.0
#pragma once
// TableReader: values taken from the tables of a TOML file by the types that their keys ask for.

#include "project/toml.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

// All of it throws Error (ExitCode::usage) "path:line:column: KEY is not …" for a value of another
// type, and gives nothing where there is no such key.
class TableReader {
public:
    using Table = TomlValue::Table;

    explicit TableReader(const TomlFile& file) : file_{file} {}

    const TomlFile& file() const noexcept { return file_; }

    // "KEY is not WANTED".
    [[noreturn]] void refuse(const TomlEntry& entry, std::string_view wanted) const;

    // The value of `key`; null where there is none. `wanted`: the type, in words.
    template <class Type>
    const Type* get(const Table& table, std::string_view key, std::string_view wanted) const {
        const TomlEntry* entry = find_entry(table, key);
        if (entry == nullptr) return nullptr;
        const Type* value = entry->value.as<Type>();
        if (value == nullptr) refuse(*entry, wanted);
        return value;
    }

    void text(const Table& table, std::string_view key, std::optional<std::string>& out) const;
    void flag(const Table& table, std::string_view key, bool& out) const;
    // A string, or an array of strings.
    std::optional<std::vector<std::string>> list(const Table& table, std::string_view key) const;
    // A table of strings.
    std::map<std::string, std::string> texts(const Table& table, std::string_view key) const;

    // Refuses a key that is not among `keys`, with the nearest one that is, else with `hint`.
    void known_keys(const Table& table, const std::vector<std::string_view>& keys,
                    const std::string& hint) const;

private:
    const TomlFile& file_;
};

}  // namespace gov::project
