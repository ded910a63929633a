// SPDX-License-Identifier: Apache-2.0
#include "base/json_edit.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

namespace gov::base {

namespace {

constexpr int deepest = 32;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";

struct Member {
    std::string name;
    std::size_t key = 0;    // where its name starts
    std::size_t begin = 0;  // of its value
    std::size_t end = 0;
};

struct Object {
    std::size_t begin = 0;  // of '{'
    std::size_t end = 0;    // of '}'
    std::vector<Member> members;
    bool has_last_comma = false;
    std::size_t after_last = 0;  // behind the last value, or the comma behind that
};

// Walks over values and tells where they are.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_{text} {
        if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    }

    std::size_t at() const { return at_; }
    void move_to(std::size_t place) { at_ = place; }
    bool at_end() {
        skip_trivia();
        return at_ == text_.size();
    }
    bool at_object() {
        skip_trivia();
        return next() == '{';
    }

    [[noreturn]] void refuse(std::size_t place, std::string_view what) const {
        const std::string_view before = text_.substr(0, place);
        const auto line = std::ranges::count(before, '\n') + 1;
        const auto column = place - (before.rfind('\n') + 1) + 1;
        throw Error{base::format("{}:{}: {}", line, column, what), "mend it first",
                    ExitCode::usage};
    }

    Object object(int depth = 0) {
        if (!at_object()) refuse(at_, "an object is expected here");
        Object result{.begin = at_++, .members = {}};
        result.after_last = at_;
        while (!at_closing('}')) {
            if (!result.members.empty() && !result.has_last_comma)
                refuse(at_, "a comma is missing");
            Member member{.name = {}, .key = at_};
            member.name = *Json::parse(string()).as_string();
            skip_trivia();
            if (next() != ':') refuse(at_, "a colon is missing");
            ++at_;
            skip_trivia();
            member.begin = at_;
            value(depth + 1);
            member.end = result.after_last = at_;
            result.members.push_back(std::move(member));
            result.has_last_comma = take_comma(result.after_last);
        }
        result.end = at_++;
        return result;
    }

    // Over blanks and comments that start on this line, up to its end.
    void skip_rest_of_line() {
        for (;;) {
            const auto word = text_.find_first_not_of(" \t\r", at_);
            if (word == std::string_view::npos || text_[word] != '/') return;
            at_ = word;
            skip_comment();
        }
    }

private:
    char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_comment() {
        const std::string_view rest = text_.substr(at_);
        const bool is_line = rest.starts_with("//");
        if (!is_line && !rest.starts_with("/*")) refuse(at_, "this is no comment");
        const auto end = is_line ? text_.find('\n', at_) : text_.find("*/", at_ + 2);
        if (end == std::string_view::npos && !is_line) refuse(at_, "this comment has no end");
        at_ = std::min(end, text_.size()) + (is_line ? 0 : 2);
    }

    void skip_trivia() {
        for (;;) {
            at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
            if (next() != '/') return;
            skip_comment();
        }
    }

    bool at_closing(char bracket) {
        skip_trivia();
        if (at_ == text_.size()) refuse(at_, base::format("a \"{}\" is missing", bracket));
        return next() == bracket;
    }

    // Takes a comma, after which `behind` is.
    bool take_comma(std::size_t& behind) {
        skip_trivia();
        if (next() != ',') return false;
        behind = ++at_;
        return true;
    }

    std::string_view string() {
        const std::size_t begin = at_;
        if (next() != '"') refuse(at_, "a name or a string in quotes is expected here");
        for (++at_; at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n'; ++at_)
            if (text_[at_] == '\\') ++at_;
        if (next() != '"') refuse(begin, "this string has no end");
        return text_.substr(begin, ++at_ - begin);
    }

    void value(int depth) {
        if (depth > deepest) refuse(at_, "this is nested too deeply");
        if (next() == '{') {
            object(depth);
        } else if (next() == '[') {
            array(depth);
        } else if (next() == '"') {
            string();
        } else {
            const std::size_t begin = at_;
            at_ = std::min(text_.find_first_of(" \t\r\n,]}/", at_), text_.size());
            try {
                Json::parse(text_.substr(begin, at_ - begin));
            } catch (const Error&) {
                refuse(begin, "a value is expected here");
            }
        }
    }

    void array(int depth) {
        ++at_;
        bool may_go_on = true;
        std::size_t behind = 0;
        while (!at_closing(']')) {
            if (!may_go_on) refuse(at_, "a comma is missing");
            value(depth + 1);
            may_go_on = take_comma(behind);
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

// How the text is laid out.
class Layout {
public:
    Layout(std::string_view text, const Object& root)
        : text_{text}, newline_{text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n"} {
        if (!root.members.empty())
            if (const auto found = own_indent(root.members[0].key)) unit_ = *found;
        if (unit_.empty()) unit_ = "    ";
    }

    const std::string& newline() const { return newline_; }
    const std::string& unit() const { return unit_; }

    // The blanks before `place`, if nothing else is on its line before it.
    std::optional<std::string> own_indent(std::size_t place) const {
        const auto line = text_.rfind('\n', place) + 1;
        if (line == 0) return std::nullopt;
        const auto word = std::min(text_.find_first_not_of(" \t", line), place);
        return word == place ? std::optional{std::string{text_.substr(line, place - line)}}
                             : std::nullopt;
    }

    // The blanks that the line of `place` starts with.
    std::string indent_of_line(std::size_t place) const {
        auto line = text_.rfind('\n', place) + 1;
        if (line == 0 && text_.starts_with(byte_order_mark)) line = byte_order_mark.size();
        const auto word = std::min(text_.find_first_not_of(" \t", line), text_.size());
        return std::string{text_.substr(line, word - line)};
    }

    bool are_on_one_line(std::size_t first, std::size_t last) const {
        return text_.substr(first, last - first).find('\n') == std::string_view::npos;
    }

private:
    std::string_view text_;
    std::string newline_;
    std::string unit_;
};

// "name": value, with the objects that `path` has before it.
std::string member_text(std::span<const std::string_view> path, std::string_view value,
                        const std::string& indent, const Layout& layout) {
    const std::string name = Json{path[0]}.write_line() + ": ";
    if (path.size() == 1) return name + Json{value}.write_line();
    const std::string inner = indent + layout.unit();
    return name + "{" + layout.newline() + inner +
           member_text(path.subspan(1), value, inner, layout) + layout.newline() + indent + "}";
}

std::string with_new_member(std::string text, const Object& object,
                            std::span<const std::string_view> path, std::string_view value,
                            const Layout& layout) {
    const bool is_flat = layout.are_on_one_line(object.begin, object.end);
    if (object.members.empty()) {
        const std::string outer = layout.indent_of_line(object.begin);
        const std::string indent = outer + layout.unit();
        return text.insert(object.begin + 1, layout.newline() + indent +
                                                 member_text(path, value, indent, layout) +
                                                 (is_flat ? layout.newline() + outer : ""));
    }
    const Member& last = object.members.back();
    const std::string indent = layout.own_indent(last.key).value_or(
        layout.indent_of_line(object.begin) + (is_flat ? "" : layout.unit()));
    const std::string member = member_text(path, value, indent, layout);
    Scanner scanner{text};
    scanner.move_to(object.after_last);
    if (!is_flat) scanner.skip_rest_of_line();
    text.insert(scanner.at(), (is_flat ? " " : layout.newline() + indent) + member +
                                  (object.has_last_comma ? "," : ""));
    if (!object.has_last_comma) text.insert(object.after_last, ",");
    return text;
}

}  // namespace

std::string with_json_member(std::string_view text, std::span<const std::string_view> path,
                             std::string_view value) {
    assert(!path.empty());
    Scanner scanner{text};
    if (scanner.at_end()) {
        const bool has_line = text.empty() || text.ends_with('\n');
        return with_json_member(std::string{text} + (has_line ? "" : "\n") + "{}\n", path, value);
    }
    Object object = scanner.object();
    if (!scanner.at_end()) scanner.refuse(scanner.at(), "there is more behind the end");
    const Layout layout{text, object};
    for (;; path = path.subspan(1)) {
        const auto found = std::ranges::find(object.members.rbegin(), object.members.rend(),
                                             path[0], &Member::name);
        if (found == object.members.rend())
            return with_new_member(std::string{text}, object, path, value, layout);
        if (path.size() == 1)
            return std::string{text}.replace(found->begin, found->end - found->begin,
                                             Json{value}.write_line());
        scanner.move_to(found->begin);
        if (!scanner.at_object())
            scanner.refuse(found->begin, base::format("\"{}\" is not an object", path[0]));
        object = scanner.object();
    }
}

}  // namespace gov::base
