// SPDX-License-Identifier: Apache-2.0
#include "project/config.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/own_file.hpp"
#include "base/printable.hpp"
#include "project/toml.hpp"

#include <algorithm>

namespace gov::project {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

namespace {

constexpr std::size_t size_limit = 64 * 1024;
constexpr std::string_view manual = "see gov-config(5)";

constexpr std::array<std::string_view, 7> known_keys{
    "auto_install", "cache", "export_goroot", "mirror", "pins", "sources", "verify"};
constexpr std::array<std::string_view, 5> known_cache_keys{"insecure_http", "mode", "remote",
                                                           "timeout", "token_file"};
constexpr std::array<std::string_view, 3> known_pins{"go-mod", "go-version", "tool-versions"};
constexpr std::array<std::string_view, 2> verify_words{"log", "index"};

// The texts of a string, or of a list of them, with their places.
std::vector<const TomlValue*> texts_of(const TomlFile& file, const TomlEntry& entry) {
    std::vector<const TomlValue*> texts;
    if (const auto* list = entry.value.as<TomlValue::Array>())
        for (const TomlValue& item : *list) texts.push_back(&item);
    else
        texts.push_back(&entry.value);
    for (const TomlValue* text : texts)
        if (text->as<std::string>() == nullptr)
            file.refuse(text->begin, base::format("\"{}\" takes strings", entry.key),
                        base::format("write it in quotes, {}", manual));
    return texts;
}

std::string one_of(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words)
        text += base::format("{}\"{}\"", text.empty() ? "" : " or ", word);
    return text;
}

// The word that `value` is, by its place in `words`.
std::size_t word_of(const TomlFile& file, std::string_view key, const TomlValue& value,
                    std::span<const std::string_view> words) {
    const auto* text = value.as<std::string>();
    const auto found = text == nullptr ? words.end() : std::ranges::find(words, *text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    file.refuse(value.begin,
                text == nullptr
                    ? base::format("\"{}\" must be a string", key)
                    : base::format("\"{}\" cannot be \"{}\"", key,
                                   base::printable(std::string_view{*text}.substr(0, 64))),
                base::format("it is {}", one_of(words)));
}

bool truth_of(const TomlFile& file, const TomlEntry& entry) {
    const bool* truth = entry.value.as<bool>();
    if (truth == nullptr)
        file.refuse(entry.value.begin,
                    base::format("\"{}\" must be true or false", base::printable(entry.key)),
                    "without quotes");
    return *truth;
}

// The table `entry`, whose keys are among `known`.
const TomlValue::Table& table_of(const TomlFile& file, const TomlEntry& entry,
                                 std::span<const std::string_view> known) {
    const auto* table = entry.value.as<TomlValue::Table>();
    if (table == nullptr)
        file.refuse(entry.value.begin, base::format("\"{}\" must be a table", entry.key),
                    base::format("write [{}] on a line", entry.key));
    file.refuse_unknown_keys(*table, known, std::string{manual});
    return *table;
}

std::string text_of(const TomlFile& file, const TomlEntry& entry) {
    const auto* text = entry.value.as<std::string>();
    if (text == nullptr)
        file.refuse(entry.value.begin, base::format("\"{}\" must be a string", entry.key),
                    base::format("write it in quotes, {}", manual));
    return *text;
}

std::chrono::seconds timeout_of(const TomlFile& file, const TomlEntry& entry) {
    constexpr std::int64_t longest = 3600;
    const auto* seconds = entry.value.as<std::int64_t>();
    if (seconds == nullptr || *seconds < 1 || *seconds > longest)
        file.refuse(entry.value.begin,
                    base::format("\"timeout\" must be a number of seconds from 1 to {}", longest),
                    "without quotes");
    return std::chrono::seconds{*seconds};
}

Config::Cache cache_of(const TomlFile& file, const TomlEntry& entry) {
    Config::Cache cache;
    for (const TomlEntry& key : table_of(file, entry, known_cache_keys)) {
        if (key.key == "insecure_http") cache.insecure_http = truth_of(file, key);
        if (key.key == "mode")
            cache.mode = cache_modes[word_of(file, key.key, key.value, cache_modes)];
        if (key.key == "timeout") cache.timeout = timeout_of(file, key);
        if (key.key == "remote") cache.remote = text_of(file, key);
        if (key.key == "remote") cache.place = file.show(key.value.begin);
        if (key.key != "token_file") continue;
        cache.token_file = text_of(file, key);
        if (!cache.token_file.starts_with('/'))
            file.refuse(key.value.begin, "\"token_file\" must be an absolute path",
                        "the file holds the token and nothing else");
    }
    return cache;
}

Config::Pins pins_of(const TomlFile& file, const TomlEntry& entry) {
    Config::Pins pins;
    for (const TomlEntry& pin : table_of(file, entry, known_pins)) {
        if (pin.key == "go-version") pins.go_version = truth_of(file, pin);
        if (pin.key == "tool-versions") pins.tool_versions = truth_of(file, pin);
        if (pin.key == "go-mod") pins.go_mod = truth_of(file, pin);
    }
    return pins;
}

void take(Config& config, const TomlFile& file, const TomlEntry& entry) {
    if (entry.key == "mirror")
        for (const TomlValue* text : texts_of(file, entry))
            config.mirrors.push_back({*text->as<std::string>(), file.show(text->begin)});
    if (entry.key == "sources")
        for (const TomlValue* text : texts_of(file, entry))
            config.sources.push_back(
                static_cast<SourceKind>(word_of(file, entry.key, *text, source_words)));
    if (entry.key == "verify")
        config.verify =
            static_cast<Config::Verify>(word_of(file, entry.key, entry.value, verify_words));
    if (entry.key == "auto_install") config.auto_install = truth_of(file, entry);
    if (entry.key == "export_goroot") config.export_goroot = truth_of(file, entry);
    if (entry.key == "pins") config.pins = pins_of(file, entry);
    if (entry.key == "cache") config.cache = cache_of(file, entry);
}

}  // namespace

Config parse_config(const fs::path& path, std::string_view text) {
    const TomlFile file{path, text, "sources = [\"download\"]"};
    file.refuse_unknown_keys(file.root(), known_keys, std::string{manual});
    Config config;
    for (const TomlEntry& entry : file.root()) take(config, file, entry);
    return config;
}

Config read_config(const fs::path& places_config) {
    const fs::path path = places_config / config_file_name;
    std::optional<std::string> text;
    try {
        text = base::read_own_file(path, size_limit);
    } catch (const Error& error) {
        if (error.code() == ExitCode::not_trusted) throw;
        throw Error{error.what(), "the config is a readable regular file of at most 64 KiB",
                    ExitCode::usage};
    }
    return text ? parse_config(path, *text) : Config{};
}

}  // namespace gov::project
