// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/cross_table.hpp"
#include "cross/running/runner_table.hpp"
#include "cross/specificity.hpp"
#include "project/table_reader.hpp"
#include "project/variable_rules.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

using project::find_entry;
using project::TableReader;
using project::TomlEntry;
using Table = project::TomlValue::Table;

constexpr const char* keys_hint = "gotoolchain.toml(5) lists what [cross.test] may have";

class RunnerTableReader : public TableReader {
public:
    using TableReader::TableReader;

    std::optional<std::chrono::seconds> duration(const Table& table, std::string_view key) const {
        const auto* text = get<std::string>(table, key, "a time");
        if (text == nullptr) return std::nullopt;
        const auto time = parse_duration(*text);
        if (!time) refuse(*find_entry(table, key), "a time, as in \"10m\"");
        return time;
    }

    TestSettings settings(const Table& table) const {
        TestSettings result;
        result.arguments = list(table, "args");
        result.timeout = duration(table, "timeout");
        result.environment = texts(table, "env");
        for (const auto& [name, value] : result.environment)
            if (const auto reason = project::why_not_for_projects(name))
                refuse(*find_entry(table, "env"),
                       base::format("allowed to set {}: {}", base::printable(name), *reason));
        return result;
    }

    ProjectRunner runner(const TomlEntry& entry) const {
        if (const auto* exec = entry.value.as<std::string>()) return {.exec = *exec};
        const Table* table = entry.value.as<Table>();
        if (table == nullptr) refuse(entry, "a command or a table of them");
        known_keys(*table, {"start", "ready", "exec", "stop", "timeout"}, keys_hint);
        ProjectRunner result;
        const auto command = [&](std::string_view key, std::string& to) {
            if (const auto* value = get<std::string>(*table, key, "a command")) to = *value;
        };
        command("exec", result.exec);
        command("start", result.start);
        command("ready", result.ready);
        command("stop", result.stop);
        result.timeout = duration(*table, "timeout");
        if (result.exec.empty())
            file().refuse(entry.place, "a runner without exec",
                          "say what runs a program: exec = \"ssh device\"");
        return result;
    }

    // Calls `take` with each pattern of the tables `key` and its table, the least specific first.
    template <class Take>
    void for_patterns(const Table& table, std::string_view key, const Take& take) const {
        const Table* tables = get<Table>(table, key, "a table of tables");
        if (tables == nullptr) return;
        std::vector<const TomlEntry*> entries;
        for (const TomlEntry& entry : *tables) entries.push_back(&entry);
        std::ranges::stable_sort(entries, {},
                                 [](const TomlEntry* entry) { return specificity(entry->key); });
        for (const TomlEntry* entry : entries) {
            const Table* inner = entry->value.as<Table>();
            if (inner == nullptr) refuse(*entry, "a table");
            take(entry->key, *inner);
        }
    }
};

}  // namespace

TestTable read_test_table(const project::TomlFile& file) {
    TestTable result;
    const RunnerTableReader reader{file};
    const Table* cross = reader.get<Table>(file.root(), "cross", "a table");
    if (cross == nullptr) return result;
    reader.for_patterns(*cross, "target", [&](const std::string& pattern, const Table& table) {
        if (const TomlEntry* entry = find_entry(table, "runner"))
            result.runners.emplace_back(pattern, reader.runner(*entry));
    });
    const Table* test = reader.get<Table>(*cross, "test", "a table");
    if (test == nullptr) return result;
    reader.known_keys(*test, {"targets", "package", "require", "args", "timeout", "env", "target"},
                      keys_hint);
    result.targets = reader.list(*test, "targets");
    result.packages = reader.list(*test, "package");
    reader.flag(*test, "require", result.requires_all);
    result.settings = reader.settings(*test);
    reader.for_patterns(*test, "target", [&](const std::string& pattern, const Table& table) {
        reader.known_keys(table, {"args", "timeout", "env"}, keys_hint);
        result.for_targets.emplace_back(pattern, reader.settings(table));
    });
    return result;
}

}  // namespace gov::cross
