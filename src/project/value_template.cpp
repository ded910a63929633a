// SPDX-License-Identifier: Apache-2.0
#include "project/value_template.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::project {

namespace {

constexpr std::array<std::string_view, 3> names{"project", "goroot", "home"};

[[noreturn]] void refuse(const std::string& what, std::string hint) {
    throw base::Error{what, std::move(hint), base::ExitCode::usage};
}

}  // namespace

ValueTemplate::Name ValueTemplate::name_of(std::string_view word) {
    constexpr std::array kinds{Name::project, Name::goroot, Name::home};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == word) return kinds[i];
    const auto nearest = base::closest_word(word, names);
    refuse(base::format("\"{{{}}}\" stands for nothing", base::printable(word.substr(0, 64))),
           nearest ? base::format("did you mean {{{}}}?", *nearest)
                   : std::string{"there are {project}, {goroot} and {home}; a brace is {{ or }}"});
}

ValueTemplate ValueTemplate::parse(std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        refuse("a value cannot hold a NUL", "leave \\u0000 out");
    ValueTemplate result;
    std::string literal;
    while (!text.empty()) {
        const char c = text[0];
        if (c != '{' && c != '}') {
            literal += c;
            text.remove_prefix(1);
            continue;
        }
        if (text.size() > 1 && text[1] == c) {
            literal += c;
            text.remove_prefix(2);
            continue;
        }
        const auto end = c == '{' ? text.find('}') : std::string_view::npos;
        if (end == std::string_view::npos)
            refuse(base::format("\"{}\" stands alone", c),
                   base::format("a brace that is meant is written twice: {0}{0}", c));
        const Name name = name_of(text.substr(1, end - 1));
        if (!literal.empty()) result.pieces_.push_back({std::move(literal)});
        literal.clear();
        result.pieces_.push_back({{}, name});
        text.remove_prefix(end + 1);
    }
    if (!literal.empty()) result.pieces_.push_back({std::move(literal)});
    return result;
}

std::optional<std::string> ValueTemplate::expand(const TemplateValues& values) const {
    std::string result;
    for (const Piece& piece : pieces_) switch (piece.name) {
            case Name::none:
                result += piece.text;
                break;
            case Name::project:
                result += values.project.native();
                break;
            case Name::goroot:
                if (!values.goroot) return std::nullopt;
                result += values.goroot->native();
                break;
            case Name::home:
                result += values.home.native();
                break;
        }
    return result;
}

}  // namespace gov::project
