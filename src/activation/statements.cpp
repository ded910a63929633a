// SPDX-License-Identifier: Apache-2.0
#include "activation/statements.hpp"

#include "activation/quoting.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"

namespace gov::activation {

namespace {

using base::Json;

// The statements of all changes: `set` spells one with a value, `unset` one without.
template <class Set, class Unset>
std::string each(const std::vector<Setting>& changes, const Set& set, const Unset& unset) {
    std::string text;
    for (const auto& [name, value] : changes) text += value ? set(name, *value) : unset(name);
    return text;
}

Json entries_of(std::string_view path) {
    Json::Array entries;
    for (;;) {
        const auto colon = path.find(':');
        entries.emplace_back(path.substr(0, colon));
        if (colon == std::string_view::npos) return entries;
        path.remove_prefix(colon + 1);
    }
}

}  // namespace

// The backslashes keep aliases out.
std::string posix_statements(const std::vector<Setting>& changes) {
    return each(
        changes,
        [](std::string_view name, std::string_view value) {
            return base::format("\\export {}={}\n", name, posix_quoted(value));
        },
        [](std::string_view name) { return base::format("\\unset {}\n", name); });
}

std::string elvish_statements(const std::vector<Setting>& changes) {
    return each(
               changes,
               [](std::string_view name, std::string_view value) {
                   return base::format("set-env {} {}\n", name, elvish_quoted(value));
               },
               [](std::string_view name) { return base::format("unset-env {}\n", name); }) +
           "# gov-end\n";
}

std::string tcsh_statements(const std::vector<Setting>& changes) {
    return each(
               changes,
               [](std::string_view name, std::string_view value) {
                   return base::format("setenv {} {}; ", name, tcsh_quoted(value));
               },
               [](std::string_view name) { return base::format("unsetenv {}; ", name); }) +
           ": gov-end\n";
}

std::string powershell_statements(const std::vector<Setting>& changes) {
    return each(
               changes,
               [](std::string_view name, std::string_view value) {
                   return base::format("${{env:{}}} = {}\n", name, powershell_quoted(value));
               },
               [](std::string_view name) {
                   return base::format(
                       "Microsoft.PowerShell.Management\\Remove-Item -LiteralPath 'Env:{}' "
                       "-ErrorAction Ignore\n",
                       name);
               }) +
           "# gov-end\n";
}

std::string nushell_statements(const std::vector<Setting>& changes) {
    Json::Object set;
    Json::Array unset;
    for (const auto& [name, value] : changes) {
        if (!value)
            unset.emplace_back(name);
        else if (base::is_utf8(*value))
            set.emplace_back(name, name == "PATH" ? entries_of(*value) : Json{*value});
    }
    return Json{Json::Object{{"set", std::move(set)}, {"unset", std::move(unset)}}}.write_line() +
           "\n";
}

}  // namespace gov::activation
