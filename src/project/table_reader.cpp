// SPDX-License-Identifier: Apache-2.0
#include "project/table_reader.hpp"

#include "base/format.hpp"

namespace gov::project {

void TableReader::refuse(const TomlEntry& entry, std::string_view wanted) const {
    file_.refuse(entry.place, base::format("{} is not {}", entry.key, wanted), {});
}

void TableReader::text(const Table& table, std::string_view key,
                       std::optional<std::string>& out) const {
    if (const auto* value = get<std::string>(table, key, "a string")) out = *value;
}

void TableReader::flag(const Table& table, std::string_view key, bool& out) const {
    if (const bool* value = get<bool>(table, key, "true or false")) out = *value;
}

std::optional<std::vector<std::string>> TableReader::list(const Table& table,
                                                          std::string_view key) const {
    const TomlEntry* entry = find_entry(table, key);
    if (entry == nullptr) return std::nullopt;
    if (const auto* one = entry->value.as<std::string>()) return std::vector{*one};
    const auto* array = entry->value.as<TomlValue::Array>();
    if (array == nullptr) refuse(*entry, "a string or an array of strings");
    std::vector<std::string> words;
    for (const TomlValue& element : *array) {
        const auto* word = element.as<std::string>();
        if (word == nullptr) refuse(*entry, "a string or an array of strings");
        words.push_back(*word);
    }
    return words;
}

std::map<std::string, std::string> TableReader::texts(const Table& table,
                                                      std::string_view key) const {
    std::map<std::string, std::string> result;
    const Table* inner = get<Table>(table, key, "a table of strings");
    if (inner == nullptr) return result;
    for (const TomlEntry& entry : *inner) {
        const auto* value = entry.value.as<std::string>();
        if (value == nullptr) refuse(entry, "a string");
        result.emplace(entry.key, *value);
    }
    return result;
}

void TableReader::known_keys(const Table& table, const std::vector<std::string_view>& keys,
                             const std::string& hint) const {
    file_.refuse_unknown_keys(table, keys, hint);
}

}  // namespace gov::project
