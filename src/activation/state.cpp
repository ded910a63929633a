// SPDX-License-Identifier: Apache-2.0
#include "activation/state.hpp"

#include "activation/search_path.hpp"
#include "base/error.hpp"
#include "project/variable_rules.hpp"

#include <algorithm>

namespace gov::activation {

namespace {

constexpr std::string_view version_mark = "1";
constexpr std::size_t size_limit = std::size_t{64} * 1024;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

// Printable ASCII without what has a meaning here or could have one in a shell.
bool stands_for_itself(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"/._-+@,:"}.find(c) != std::string_view::npos;
}

void append_escaped(std::string& text, std::string_view value) {
    for (const char c : value) {
        if (stands_for_itself(c)) {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += '%';
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
    }
}

void append_value(std::string& text, const std::optional<std::string>& value) {
    if (!value) return;
    text += '=';
    append_escaped(text, *value);
}

// nullopt for a broken escape; other odd spellings are found by spelling the value again.
std::optional<std::string> unescaped(std::string_view text) {
    std::string value;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            value += text[at];
            continue;
        }
        if (at + 2 >= text.size()) return std::nullopt;
        const auto high = hex_digits.find(text[at + 1]);
        const auto low = hex_digits.find(text[at + 2]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        value += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return value.find('\0') == std::string::npos ? std::optional{value} : std::nullopt;
}

// Cuts what stands before the first `separator`, or everything, off the front of `text`.
std::string_view cut(std::string_view& text, char separator) {
    const std::string_view head = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(head.size() + 1, text.size()));
    return head;
}

// "=value" or nothing.
bool parse_value(std::string_view text, std::optional<std::string>& value) {
    if (text.empty()) return true;
    if (text[0] != '=') return false;
    value = unescaped(text.substr(1));
    return value.has_value();
}

// Whether gov changes this variable by itself or for a project.
bool may_change(std::string_view name) {
    return std::ranges::find(managed_variables, name) != managed_variables.end() ||
           (project::is_variable_name(name) && !project::why_not_for_projects(name));
}

bool parse_variable(std::string_view item, State& state) {
    const auto left = item.substr(0, item.find('<'));
    const auto name = left.substr(0, left.find('='));
    if (left.size() == item.size()) return false;
    if (!may_change(name)) return false;
    if (std::ranges::find(state.variables, name, &State::Variable::name) != state.variables.end())
        return false;
    State::Variable& variable = state.variables.emplace_back();
    variable.name = name;
    return parse_value(left.substr(name.size()), variable.ours) &&
           parse_value(item.substr(left.size() + 1), variable.original);
}

bool parse_entry(std::string_view item, State& state) {
    const auto entry = unescaped(item.substr(1));
    if (!entry || !can_be_entry(*entry)) return false;
    state.entries.push_back(*entry);
    return true;
}

std::string spelled(const State& state) {
    std::string text{version_mark};
    for (const std::string& entry : state.entries) {
        text += ";+";
        append_escaped(text, entry);
    }
    for (const State::Variable& variable : state.variables) {
        text += ';';
        text += variable.name;
        append_value(text, variable.ours);
        text += '<';
        append_value(text, variable.original);
    }
    return text;
}

}  // namespace

std::string write_state(const State& state) {
    std::string text = spelled(state);
    if (text.size() > size_limit)
        throw base::Error{"there is too much to remember for leaving this directory again",
                          "see which of the variables that the project sets is so long",
                          base::ExitCode::usage};
    return text;
}

std::optional<State> parse_state(std::string_view text) {
    if (text.size() > size_limit) return std::nullopt;
    State state;
    std::string_view rest = text;
    if (cut(rest, ';') != version_mark) return std::nullopt;
    while (!rest.empty()) {
        const std::string_view item = cut(rest, ';');
        const bool parsed =
            item.starts_with('+') ? parse_entry(item, state) : parse_variable(item, state);
        if (!parsed) return std::nullopt;
    }
    // One spelling for each state: whatever is written otherwise was not written by gov.
    return spelled(state) == text ? std::optional{state} : std::nullopt;
}

}  // namespace gov::activation
