// SPDX-License-Identifier: Apache-2.0
#include "project/project_file.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/program_version.hpp"
#include "project/variable_rules.hpp"

#include <algorithm>
#include <array>

namespace gov::project {

namespace {

constexpr std::array<std::string_view, 7> known_keys{"go",   "gov_version", "inherit", "env",
                                                     "path", "tools",       "cross"};
constexpr std::string_view see_manual = "see gotoolchain.toml(5)";

// What only the user's own configuration may say.
constexpr std::array<std::string_view, 16> keys_of_users{
    "mirror", "mirrors",  "sources",      "source", "goproxy",       "proxy", "gosumdb", "sumdb",
    "verify", "insecure", "auto_install", "trust",  "export_goroot", "home",  "offline", "netrc"};

void refuse_keys_of_users(const TomlFile& file) {
    for (const TomlEntry& entry : file.root())
        if (std::ranges::find(keys_of_users, entry.key) != keys_of_users.end())
            file.refuse(entry.place, base::format("\"{}\" is not for a project to say", entry.key),
                        "where releases come from, what proves them and whom to trust stand in "
                        "the user's own config.toml");
}

// What is in the table `key`; null where there is none.
const TomlValue::Table* table_of(const TomlFile& file, std::string_view key) {
    const TomlEntry* entry = find_entry(file.root(), key);
    if (entry == nullptr) return nullptr;
    const auto* table = entry->value.as<TomlValue::Table>();
    if (table == nullptr)
        file.refuse(entry->value.begin, base::format("\"{}\" must be a table", key),
                    base::format("write [{}] on a line of its own", key));
    return table;
}

// The strings of an array, with their places.
std::vector<const TomlValue*> strings_of(const TomlFile& file, const TomlEntry& entry) {
    const auto* array = entry.value.as<TomlValue::Array>();
    std::vector<const TomlValue*> strings;
    if (array != nullptr)
        for (const TomlValue& item : *array) strings.push_back(&item);
    const bool fits = array != nullptr && std::ranges::all_of(strings, [](const TomlValue* item) {
                          return item->as<std::string>() != nullptr;
                      });
    if (!fits)
        file.refuse(entry.value.begin, base::format("\"{}\" must be a list of strings", entry.key),
                    base::format("write {} = [\"one\", \"two\"]", entry.key));
    return strings;
}

ValueTemplate template_of(const TomlFile& file, const TomlValue& value) {
    try {
        return ValueTemplate::parse(*value.as<std::string>());
    } catch (const base::Error& error) {
        file.refuse(value.begin, error.what(), error.hint());
    }
}

void refuse_name(const TomlFile& file, const TomlEntry& entry) {
    const std::string shown = base::printable(std::string_view{entry.key}.substr(0, 64));
    if (!is_variable_name(entry.key))
        file.refuse(entry.place, base::format("\"{}\" is no variable's name", shown),
                    "names consist of letters, digits and _");
    if (const auto reason = why_not_for_projects(entry.key))
        file.refuse(entry.place, base::format("a project may not set {}", shown),
                    std::string{*reason});
}

ProjectVariable variable_of(const TomlFile& file, const TomlEntry& entry) {
    refuse_name(file, entry);
    if (const bool* truth = entry.value.as<bool>(); truth != nullptr && !*truth)
        return {entry.key, std::nullopt, entry.place};
    const auto* text = entry.value.as<std::string>();
    if (text == nullptr)
        file.refuse(entry.value.begin,
                    base::format("{} must be a string, or false to unset it", entry.key),
                    base::format("write the value in quotes: {} = \"…\"", entry.key));
    if (const auto reason = why_not_this_value(entry.key, *text))
        file.refuse(entry.value.begin, base::format("a project may not set {} so", entry.key),
                    std::string{*reason});
    return {entry.key, template_of(file, entry.value), entry.place};
}

void read_dotenv_names(const TomlFile& file, const TomlEntry& entry, ProjectFile& result) {
    constexpr std::size_t most_files = 16;
    for (const TomlValue* value : strings_of(file, entry)) {
        const std::string& name = *value->as<std::string>();
        if (name.empty() || name.find('\0') != std::string::npos)
            file.refuse(value->begin, "this is no file's name", "write dotenv = [\".env\"]");
        if (result.dotenv.size() == most_files)
            file.refuse(value->begin, "there are more than 16 .env files", "join some of them");
        result.dotenv.push_back(name);
    }
}

void read_env(const TomlFile& file, ProjectFile& result) {
    const TomlValue::Table* table = table_of(file, "env");
    if (table == nullptr) return;
    for (const TomlEntry& entry : *table) {
        if (entry.key == "dotenv")
            read_dotenv_names(file, entry, result);
        else
            result.variables.push_back(variable_of(file, entry));
    }
}

void read_path(const TomlFile& file, ProjectFile& result) {
    const TomlValue::Table* table = table_of(file, "path");
    if (table == nullptr) return;
    constexpr std::array<std::string_view, 1> known{"prepend"};
    file.refuse_unknown_keys(*table, known, "the only key of [path] is \"prepend\"");
    const TomlEntry* entry = find_entry(*table, "prepend");
    if (entry == nullptr) return;
    for (const TomlValue* value : strings_of(file, *entry)) {
        const std::string& text = *value->as<std::string>();
        if (text.empty() || text.find_first_of(":\n") != std::string::npos)
            file.refuse(value->begin, "this cannot stand on PATH",
                        "a directory there has a name without colons and newlines");
        result.path_entries.push_back(template_of(file, *value));
    }
}

void check_gov_version(const TomlFile& file) {
    const TomlEntry* entry = find_entry(file.root(), "gov_version");
    if (entry == nullptr) return;
    const auto* text = entry->value.as<std::string>();
    const auto least = text == nullptr ? std::nullopt : least_version_of(*text);
    if (!least)
        file.refuse(entry->value.begin, "\"gov_version\" must be the oldest gov that will do",
                    "write gov_version = \">=0.1\"");
    if (this_program_version() < *least)
        file.refuse(entry->value.begin, base::format("this needs gov {}", *text),
                    "this is gov " GOV_VERSION "; install a newer one");
}

bool inherits(const TomlFile& file) {
    const TomlEntry* entry = find_entry(file.root(), "inherit");
    if (entry == nullptr) return false;
    const bool* truth = entry->value.as<bool>();
    if (truth == nullptr)
        file.refuse(entry->value.begin, "\"inherit\" must be true or false",
                    "true builds on the file of the nearest directory above");
    return *truth;
}

}  // namespace

bool ProjectFile::needs_trust() const noexcept {
    return wants_environment() || wants_linked() ||
           find_entry(document.root(), "tools") != nullptr ||
           find_entry(document.root(), "cross") != nullptr;
}

ProjectFile parse_project_file(const std::filesystem::path& path, std::string_view text) {
    ProjectFile result{.document = TomlFile{path, text, "go = \"1.22.6\""}};
    const TomlFile& file = result.document;
    check_gov_version(file);
    refuse_keys_of_users(file);
    file.refuse_unknown_keys(
        file.root(), known_keys,
        base::format(
            "the keys are go, gov_version, inherit, [env], [path], [tools] and [cross], {}",
            see_manual));
    result.pin = pin_of(file);
    result.inherits = inherits(file);
    read_env(file, result);
    read_path(file, result);
    if (const auto* tools = table_of(file, "tools")) result.tools = read_tools(file, *tools);
    table_of(file, "cross");
    return result;
}

}  // namespace gov::project
