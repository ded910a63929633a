// SPDX-License-Identifier: Apache-2.0
#include "project/tools_table.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <array>

namespace gov::project {

using base::Error;
using base::ExitCode;

namespace {

constexpr std::size_t most_tools = 64;
constexpr std::size_t longest_name = 64;
constexpr std::string_view example = "golang.org/x/tools/gopls@v0.16.2";
constexpr std::array<std::string_view, 3> own_names{"go", "gofmt", "gov"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Takes a number without leading zeros and the '.' behind it off `text`.
bool take_number(std::string_view& text, bool is_last) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end == 0 || (end > 1 && text[0] == '0')) return false;
    text.remove_prefix(end);
    if (is_last) return true;
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
    return true;
}

// A module's version in full: v1.2.3, with a prerelease and "+incompatible" or not (semver.org).
bool is_module_version(std::string_view text) {
    if (!text.starts_with('v')) return false;
    text.remove_prefix(1);
    if (!take_number(text, false) || !take_number(text, false) || !take_number(text, true))
        return false;
    if (text.empty()) return true;
    return (text[0] == '-' || text[0] == '+') && text.size() > 1 &&
           std::ranges::all_of(text.substr(1), [](char c) {
               return is_letter_or_digit(c) || c == '.' || c == '-' || c == '+';
           });
}

// An element of an import path as the go command has them (golang.org/x/mod/module: CheckPath).
bool is_element(std::string_view text) {
    return !text.empty() && text[0] != '.' && text[0] != '-' && !text.ends_with('.') &&
           std::ranges::all_of(text, [](char c) {
               return is_letter_or_digit(c) || std::string_view{"-._~+"}.contains(c);
           });
}

bool is_package(std::string_view text) {
    const std::string_view host = text.substr(0, text.find('/'));
    if (host.find('.') == std::string_view::npos || text.size() > 255) return false;
    for (;;) {
        const auto slash = text.find('/');
        if (!is_element(text.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

Tool tool_of(const TomlFile& file, const TomlEntry& entry) {
    if (!is_tool_name(entry.key))
        file.refuse(entry.place,
                    base::format("\"{}\" cannot be a tool's name",
                                 base::printable(std::string_view{entry.key}.substr(0, 64))),
                    "a name has letters, digits, '.', '_' and '-', and is not go, gofmt or gov");
    const auto* text = entry.value.as<std::string>();
    if (text == nullptr)
        file.refuse(entry.value.begin, base::format("{} must be a string", entry.key),
                    base::format("write {} = \"{}\"", entry.key, example));
    try {
        PackageQuery query = PackageQuery::require(*text);
        if (query.version.empty())
            throw Error{base::format("\"{}\" names no version", *text),
                        base::format("write \"{}@v1.2.3\"; gov tools add {} takes the newest",
                                     query.package, query.package)};
        return {entry.key, std::move(query.package), std::move(query.version), entry.value.begin,
                entry.value.end};
    } catch (const Error& error) {
        file.refuse(entry.value.begin, error.what(), error.hint());
    }
}

// Where a new line goes into the table `entry`, which has `tools`; behind the text's end where the
// last line has no end of its own.
std::size_t place_of_new_line(const TomlFile& file, std::string_view text, const TomlEntry& entry,
                              const std::vector<Tool>& tools) {
    const auto start_of_line = text.rfind('\n', entry.place.byte) + 1;
    const auto first = text.find_first_not_of(" \t", start_of_line);
    if (first == std::string_view::npos || text[first] != '[')
        file.refuse(entry.place, "gov adds tools only below a line [tools]",
                    "give the table a line of its own: [tools]");
    std::size_t last = entry.place.byte;
    for (const Tool& tool : tools) last = std::max(last, tool.end.byte);
    const auto end = text.find('\n', last);
    return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

PackageQuery PackageQuery::require(std::string_view text) {
    const std::string shown = base::printable(text.substr(0, 128));
    const auto at = text.find('@');
    const std::string_view package = text.substr(0, at);
    if (!is_package(package))
        throw Error{base::format("\"{}\" is no package of a module", shown),
                    base::format("packages are named like {}", example), ExitCode::usage};
    if (at == std::string_view::npos) return {std::string{package}, {}};
    const std::string_view version = text.substr(at + 1);
    if (is_module_version(version)) return {std::string{package}, std::string{version}};
    const bool lacks_v = is_module_version("v" + std::string{version});
    throw Error{base::format("\"{}\" does not name one version of its module", shown),
                lacks_v ? base::format("write {}@v{}", package, version)
                        : base::format("write the version in full, as in {}; gov tools add {} "
                                       "takes the newest",
                                       example, package),
                ExitCode::usage};
}

bool is_tool_name(std::string_view name) {
    return name.size() <= longest_name && is_element(name) &&
           name.find_first_of("~+") == std::string_view::npos &&
           std::ranges::find(own_names, name) == own_names.end();
}

std::vector<Tool> read_tools(const TomlFile& file, const TomlValue::Table& table) {
    std::vector<Tool> tools;
    for (const TomlEntry& entry : table) {
        if (tools.size() == most_tools)
            file.refuse(entry.place, "there are more than 64 tools", "take some of them out");
        tools.push_back(tool_of(file, entry));
    }
    return tools;
}

std::string program_of(std::string_view package) {
    const auto last_of = [](std::string_view path) { return path.substr(path.rfind('/') + 1); };
    const std::string_view last = last_of(package);
    const bool is_major = last.size() > 1 && last[0] == 'v' && is_digit(last[1]) &&
                          last.find_first_not_of("0123456789", 1) == std::string_view::npos;
    const auto slash = package.rfind('/');
    return std::string{
        is_major && slash != std::string_view::npos ? last_of(package.substr(0, slash)) : last};
}

std::string with_tool(const std::filesystem::path& path, std::string_view text, const Tool& tool) {
    const TomlFile file{path, text, "go = \"1.22.6\""};
    const TomlEntry* entry = find_entry(file.root(), "tools");
    const std::string value = base::format("\"{}\"", tool.query());
    const char* quote = tool.name.find('.') == std::string::npos ? "" : "\"";
    const std::string line = base::format("{0}{1}{0} = {2}\n", quote, tool.name, value);
    std::string result{text};
    const auto* table = entry == nullptr ? nullptr : entry->value.as<TomlValue::Table>();
    if (table == nullptr) {
        if (!result.empty() && !result.ends_with('\n')) result += '\n';
        return result + (result.empty() ? "" : "\n") + "[tools]\n" + line;
    }
    const std::vector<Tool> tools = read_tools(file, *table);
    const auto found = std::ranges::find(tools, tool.name, &Tool::name);
    if (found != tools.end())
        return result.replace(found->begin.byte, found->end.byte - found->begin.byte, value);
    const std::size_t place = place_of_new_line(file, text, *entry, tools);
    if (place == result.size() && !result.ends_with('\n')) return result + '\n' + line;
    return result.insert(place, line);
}

}  // namespace gov::project
