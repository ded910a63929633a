// SPDX-License-Identifier: Apache-2.0
#include "cross/cross_table.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/cgo/c_settings_reader.hpp"
#include "cross/specificity.hpp"
#include "project/config.hpp"
#include "project/table_reader.hpp"
#include "project/variable_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace gov::cross {

namespace {

using project::find_entry;
using project::TomlEntry;
using project::TomlFile;
using project::TomlValue;
using Table = TomlValue::Table;

// What gov sets itself: a build that changed it would be another than the one that is proved.
constexpr std::array<std::string_view, 10> refused_variables{
    "GOOS",    "GOARCH",  "GOROOT", "GOTOOLCHAIN", "GOENV",
    "GOFLAGS", "GOCACHE", "PATH",   "CGO_ENABLED", "TMPDIR"};

constexpr std::array<std::string_view, 21> settings_keys{
    "targets",   "package", "tags",   "ldflags",   "gcflags", "asmflags", "binary",
    "buildmode", "name",    "env",    "ldflags_x", "id",      "cgo",      "cc",
    "glibc",     "musl",    "static", "macos_min", "sdk",     "crt",      "c_inputs"};

constexpr const char* keys_hint = "gotoolchain.toml(5) lists what [cross] may have";

class CrossTableReader : public project::TableReader {
public:
    using TableReader::TableReader;

    BuildSettings settings(const Table& table) const {
        BuildSettings result;
        result.targets = list(table, "targets");
        result.packages = list(table, "package");
        result.tags = list(table, "tags");
        result.ldflags = list(table, "ldflags");
        result.gcflags = list(table, "gcflags");
        result.asmflags = list(table, "asmflags");
        text(table, "buildmode", result.buildmode);
        text(table, "binary", result.binary);
        text(table, "name", result.name);
        result.variables = texts(table, "ldflags_x");
        result.environment = texts(table, "env");
        result.c = read_c_settings(*this, table);
        refuse_variables(table, result.environment);
        return result;
    }

    void refuse_variables(const Table& table,
                          const std::map<std::string, std::string>& variables) const {
        for (const auto& [name, value] : variables) {
            const TomlEntry& entry = *find_entry(table, "env");
            if (std::find(refused_variables.begin(), refused_variables.end(), name) !=
                refused_variables.end())
                refuse(entry, base::format("allowed to set {}, which gov sets itself", name));
            if (const auto reason = project::why_not_for_projects(name))
                refuse(entry,
                       base::format("allowed to set {}: {}", base::printable(name), *reason));
        }
    }

    void builds(const Table& cross, CrossTable& out) const {
        const auto* array = get<TomlValue::Array>(cross, "build", "an array of tables");
        if (array == nullptr) return;
        const TomlEntry& entry = *find_entry(cross, "build");
        for (const TomlValue& element : *array) {
            const Table* table = element.as<Table>();
            if (table == nullptr) refuse(entry, "an array of tables");
            known_keys(*table, {settings_keys.begin(), settings_keys.end()}, keys_hint);
            std::optional<std::string> id;
            text(*table, "id", id);
            if (!id) file().refuse(entry.place, "a build without id", "give it one: id = \"cli\"");
            if (std::any_of(out.builds.begin(), out.builds.end(),
                            [&](const auto& build) { return build.first == *id; }))
                file().refuse(entry.place, "two builds with one id", "give each its own");
            out.builds.emplace_back(*id, settings(*table));
        }
    }

    void target_tables(const Table& cross, CrossTable& out) const {
        const Table* tables = get<Table>(cross, "target", "a table of tables");
        if (tables == nullptr) return;
        for (const TomlEntry& entry : *tables) {
            const Table* table = entry.value.as<Table>();
            if (table == nullptr) refuse(entry, "a table");
            if (entry.key.starts_with('!') || entry.key.starts_with('@'))
                refuse(entry, "a pattern such as linux/amd64 or windows/*");
            std::vector<std::string_view> keys{settings_keys.begin(), settings_keys.end()};
            std::erase_if(keys, [](std::string_view key) {
                return key == "targets" || key == "package" || key == "id" || key == "binary";
            });
            keys.push_back("runner");  // read_test_table() reads it
            known_keys(*table, keys, keys_hint);
            out.targets.emplace_back(entry.key, settings(*table));
        }
        std::stable_sort(out.targets.begin(), out.targets.end(), [](const auto& a, const auto& b) {
            return specificity(a.first) < specificity(b.first);
        });
    }

    void hooks(const Table& cross, Hooks& out) const {
        const Table* table = get<Table>(cross, "hooks", "a table");
        if (table == nullptr) return;
        known_keys(*table, {"before", "before_target", "after_target", "after"}, keys_hint);
        const auto take = [&](std::string_view key, std::vector<std::string>& to) {
            to = list(*table, key).value_or(std::vector<std::string>{});
        };
        take("before", out.before);
        take("before_target", out.before_target);
        take("after_target", out.after_target);
        take("after", out.after);
    }

    // Where secrets go, and whether http will do, is for the user's own config to say.
    void cache(const Table& cross, cache::ProjectWish& out) const {
        const Table* table = get<Table>(cross, "cache", "a table");
        if (table == nullptr) return;
        known_keys(*table, {"remote", "mode"}, keys_hint);
        out.place = file().show(find_entry(cross, "cache")->place) + ": cache";
        if (const auto* remote = get<std::string>(*table, "remote", "a string"))
            out.remote = *remote;
        if (const auto* mode = get<std::string>(*table, "mode", "a string")) out.mode = *mode;
        if (!out.mode.empty() &&
            std::ranges::find(project::cache_modes, out.mode) == project::cache_modes.end())
            refuse(*find_entry(*table, "mode"), "read-write, read-only or off");
    }

    void policy(const Table& cross, Policy& out) const {
        const Table* table = get<Table>(cross, "verify", "a table");
        if (table == nullptr) return;
        known_keys(*table,
                   {"glibc_max", "static", "dlls", "macos_max", "size_max", "revision",
                    "allow_modified", "subsystem", "no_debug_info", "levels"},
                   keys_hint);
        const auto string = [&](std::string_view key, std::string& to) {
            if (const auto* value = get<std::string>(*table, key, "a string")) to = *value;
        };
        string("glibc_max", out.glibc_max);
        string("macos_max", out.macos_max);
        string("revision", out.revision);
        flag(*table, "allow_modified", out.allow_modified);
        flag(*table, "no_debug_info", out.no_debug_info);
        if (const bool* value = get<bool>(*table, "static", "true or false"))
            out.must_be_static = *value;
        out.dlls = list(*table, "dlls").value_or(std::vector<std::string>{});
        if (const auto* size = get<std::int64_t>(*table, "size_max", "a number of bytes"))
            out.size_max = static_cast<std::uint64_t>(std::max<std::int64_t>(*size, 0));
        if (const auto* kind = get<std::string>(*table, "subsystem", "console or gui")) {
            if (*kind != "console" && *kind != "gui")
                refuse(*find_entry(*table, "subsystem"), "console or gui");
            out.subsystem = *kind == "gui" ? Subsystem::gui : Subsystem::console;
        }
        for (const auto& [rule, level] : texts(*table, "levels")) {
            const std::array levels{Level::note, Level::warning, Level::error};
            const auto found =
                std::find_if(levels.begin(), levels.end(),
                             [&wanted = level](Level known) { return name_of(known) == wanted; });
            if (found == levels.end())
                refuse(*find_entry(*table, "levels"), "a table of note, warning and error");
            out.levels.emplace(rule, *found);
        }
    }
};

}  // namespace

void BuildSettings::apply(const BuildSettings& over) {
    const auto take = [](auto& to, const auto& from) {
        if (from) to = from;
    };
    take(targets, over.targets);
    take(packages, over.packages);
    take(tags, over.tags);
    take(ldflags, over.ldflags);
    take(gcflags, over.gcflags);
    take(asmflags, over.asmflags);
    take(buildmode, over.buildmode);
    take(buildvcs, over.buildvcs);
    take(binary, over.binary);
    take(name, over.name);
    c.apply(over.c);
    for (const auto& [key, value] : over.variables) variables.insert_or_assign(key, value);
    for (const auto& [key, value] : over.environment) environment.insert_or_assign(key, value);
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    if (problem != std::errc{} || number <= 0 || number > 100000) return std::nullopt;
    if (unit == "s") return std::chrono::seconds{number};
    if (unit == "m") return std::chrono::minutes{number};
    if (unit == "h") return std::chrono::hours{number};
    return std::nullopt;
}

CrossTable read_cross_table(const TomlFile& file) {
    CrossTable result;
    const CrossTableReader reader{file};
    const Table* cross = reader.get<Table>(file.root(), "cross", "a table");
    if (cross == nullptr) return result;
    std::vector<std::string_view> keys{settings_keys.begin(), settings_keys.end()};
    std::erase(keys, "id");
    for (const char* key : {"output", "version", "jobs", "timeout", "buildvcs", "pack", "archive",
                            "sbom", "provenance", "sign", "generate", "universal", "build",
                            "target", "hooks", "verify", "cache", "test"})
        keys.emplace_back(key);
    reader.known_keys(*cross, keys, keys_hint);
    result.settings = reader.settings(*cross);
    reader.text(*cross, "output", result.output);
    reader.text(*cross, "version", result.version);
    if (const bool* wanted = reader.get<bool>(*cross, "buildvcs", "true or false"))
        result.settings.buildvcs = *wanted;
    reader.text(*cross, "pack", result.packer);
    reader.text(*cross, "archive", result.archive);
    reader.text(*cross, "sign", result.signer);
    if (auto bills = reader.list(*cross, "sbom")) result.bills = std::move(*bills);
    reader.flag(*cross, "provenance", result.provenance);
    reader.flag(*cross, "generate", result.generates);
    reader.flag(*cross, "universal", result.universal);
    if (const auto* jobs = reader.get<std::int64_t>(*cross, "jobs", "a number")) {
        if (*jobs < 1) reader.refuse(*find_entry(*cross, "jobs"), "a number from 1");
        result.jobs = static_cast<std::size_t>(*jobs);
    }
    if (const auto* text = reader.get<std::string>(*cross, "timeout", "a time")) {
        result.timeout = parse_duration(*text);
        if (!result.timeout) reader.refuse(*find_entry(*cross, "timeout"), "a time, as in \"10m\"");
    }
    reader.builds(*cross, result);
    reader.target_tables(*cross, result);
    reader.hooks(*cross, result.hooks);
    reader.policy(*cross, result.policy);
    reader.cache(*cross, result.cache);
    return result;
}

}  // namespace gov::cross
