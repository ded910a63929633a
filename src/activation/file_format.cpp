// SPDX-License-Identifier: Apache-2.0
#include "activation/file_format.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <ranges>

namespace gov::activation {

namespace {

using base::Json;

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
    throw base::Error{base::format("the value of {} {}", name, why),
                      "gov export json holds any UTF-8, gov exec any value"};
}

void require_utf8(std::string_view name, std::string_view value) {
    if (!base::is_utf8(value)) refuse(name, "is not UTF-8");
}

bool is_plain(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"/._-+@,:%="}.find(c) != std::string_view::npos;
}

// Some readers expand ${…}, take \\ for \, or end at a quote even between single quotes.
std::string dotenv_word(std::string_view name, std::string_view value) {
    if (std::ranges::all_of(value, is_plain)) return std::string{value};
    if (value.find_first_of("'\\$\n\r`") != std::string_view::npos)
        refuse(name,
               "has a character that readers of .env files take differently: one of ' \\ $ ` "
               "or a newline");
    return base::format("'{}'", value);
}

std::string systemd_word(std::string_view name, std::string_view value) {
    require_utf8(name, value);
    std::string word = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < ' ' && c != '\n' && c != '\t') || byte == 0x7f)
            refuse(name, "has a control character, which systemd refuses");
        if (std::string_view{"\"\\`$"}.find(c) != std::string_view::npos) word += '\\';
        word += c;
    }
    return word + "\"";
}

// Lines NAME=word of all that is set.
template <class Word>
std::string lines(const Given& given, const Word& word) {
    std::string text;
    for (const auto& [name, value] : given.variables)
        if (value) text += base::format("{}={}\n", name, word(name, *value));
    return text + base::format("PATH={}\n", word("PATH", given.path));
}

}  // namespace

std::string json_text(const Given& given) {
    Json::Object env;
    Json::Array unset;
    Json::Array path;
    for (const auto& [name, value] : given.variables) {
        if (!value) {
            unset.emplace_back(name);
            continue;
        }
        require_utf8(name, *value);
        env.emplace_back(name, *value);
    }
    for (const std::string& entry : given.entries) {
        require_utf8("PATH", entry);
        path.emplace_back(entry);
    }
    return Json{Json::Object{{"env", std::move(env)},
                             {"unset", std::move(unset)},
                             {"path", std::move(path)}}}
        .write();
}

std::string dotenv_text(const Given& given) {
    return lines(given, dotenv_word);
}

std::string systemd_text(const Given& given) {
    return lines(given, systemd_word);
}

std::string github_env_text(const Given& given, std::string_view delimiter) {
    std::string text;
    for (const auto& [name, value] : given.variables)
        text += base::format("{0}<<{1}\n{2}\n{1}\n", name, delimiter, value.value_or(""));
    return text;
}

std::string github_path_text(const Given& given) {
    std::string text;
    for (const std::string& entry : given.entries | std::views::reverse) text += entry + "\n";
    return text;
}

}  // namespace gov::activation
