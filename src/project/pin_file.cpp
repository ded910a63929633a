// SPDX-License-Identifier: Apache-2.0
#include "project/pin_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "project/project_file.hpp"
#include "project/toml.hpp"

namespace gov::project {

namespace fs = std::filesystem;
using toolchain::VersionSpec;

namespace {

constexpr std::size_t size_limit = 64 * 1024;

// The `go` line's value; null where there is none.
const TomlValue* go_value(const TomlFile& file) {
    const TomlEntry* entry = find_entry(file.root(), "go");
    if (entry == nullptr) return nullptr;
    if (entry->value.as<std::string>() == nullptr)
        file.refuse(entry->value.begin, "\"go\" must be a string",
                    "write the version in quotes: go = \"1.22.6\"");
    return &entry->value;
}

VersionSpec spec_of(const TomlFile& file, const TomlValue& value) {
    try {
        return VersionSpec::require(*value.as<std::string>());
    } catch (const base::Error& error) {
        file.refuse(value.begin, error.what(), error.hint());
    }
}

}  // namespace

std::optional<Pin> pin_of(const TomlFile& file) {
    const TomlValue* value = go_value(file);
    if (value == nullptr) return std::nullopt;
    return Pin{{spec_of(file, *value)}, file.path(), value->begin.line};
}

std::optional<Pin> parse_pin(const fs::path& path, std::string_view text) {
    return parse_project_file(path, text).pin;
}

std::optional<std::string> read_pin_file(const fs::path& path) {
    try {
        return base::read_file(path, size_limit);
    } catch (const base::Error& error) {
        throw base::Error{error.what(), "a pin file is a readable regular file of at most 64 KiB",
                          base::ExitCode::usage};
    }
}

std::string with_version(const fs::path& path, std::string_view text, const VersionSpec& spec) {
    const TomlFile file{path, text, "go = \"1.22.6\""};
    const TomlValue* value = go_value(file);
    const auto exact = spec.exact();
    const std::string quoted = base::format("\"{}\"", exact ? exact->number() : spec.text());
    std::string result{text};
    if (value == nullptr)
        return result.insert(start_of_toml(text), base::format("go = {}\n", quoted));
    return result.replace(value->begin.byte, value->end.byte - value->begin.byte, quoted);
}

}  // namespace gov::project
