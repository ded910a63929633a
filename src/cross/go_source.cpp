// SPDX-License-Identifier: Apache-2.0
#include "cross/go_source.hpp"

#include "toolchain/go_string.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace gov::cross {

namespace {

enum class TokenKind { end, line_end, word, text, other };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string_view spelling;  // of `other`: one character

    bool is(std::string_view what) const { return kind != TokenKind::text && spelling == what; }
};

bool is_word_byte(char byte) {
    return byte == '_' || std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           static_cast<unsigned char>(byte) >= 0x80;
}

// Splits Go source into tokens; comments are blanks. Line ends matter at the top level only, where
// they end declarations as Go's inserted semicolons do.
class Tokens {
public:
    explicit Tokens(std::string_view source) : rest_{source} { advance(); }

    const Token& now() const { return token_; }

    void advance() {
        skip_blanks();
        if (rest_.empty()) {
            token_ = {};
            return;
        }
        if (rest_[0] == '\n' || rest_[0] == ';') return take(TokenKind::line_end, 1);
        if (is_word_byte(rest_[0])) return take(TokenKind::word, word_length());
        if (rest_[0] == '"' || rest_[0] == '`') return take_text();
        if (rest_[0] == '\'') return take(TokenKind::other, rune_length());
        take(TokenKind::other, 1);
    }

private:
    void take(TokenKind kind, std::size_t length) {
        token_ = {kind, rest_.substr(0, length)};
        rest_.remove_prefix(length);
    }

    void skip_blanks() {
        for (;;) {
            rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r"), rest_.size()));
            if (rest_.starts_with("//")) {
                rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
            } else if (rest_.starts_with("/*")) {
                const auto end = rest_.find("*/", 2);
                rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
            } else {
                return;
            }
        }
    }

    std::size_t word_length() const {
        return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_word_byte) -
                                        rest_.begin());
    }

    // Of '\'' and the like; of something else in single quotes, one byte.
    std::size_t rune_length() const {
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] != '\'' && rest_[at] != '\n')
            at += rest_[at] == '\\' ? 2 : 1;
        return at < rest_.size() && rest_[at] == '\'' ? at + 1 : 1;
    }

    void take_text() {
        std::string_view after = rest_;
        if (!toolchain::take_go_string(after)) return take(TokenKind::other, 1);
        take(TokenKind::text, rest_.size() - after.size());
    }

    std::string_view rest_;
    Token token_;
};

// Reads declarations at the top level and passes over everything else.
class Declarations {
public:
    Declarations(std::string_view source, GoValues& values) : tokens_{source}, values_{values} {}

    void read() {
        while (tokens_.now().kind != TokenKind::end) {
            if (tokens_.now().is("var") || tokens_.now().is("const"))
                read_declaration(tokens_.now().is("var"));
            else
                skip_line();
        }
    }

private:
    bool at_line_end() const {
        return tokens_.now().kind == TokenKind::line_end || tokens_.now().kind == TokenKind::end;
    }

    // Passes over one token, or everything in brackets from here on.
    void skip() {
        int depth = 0;
        do {
            const Token& token = tokens_.now();
            if (token.is("(") || token.is("[") || token.is("{")) ++depth;
            if (token.is(")") || token.is("]") || token.is("}")) --depth;
            tokens_.advance();
        } while (depth > 0 && tokens_.now().kind != TokenKind::end);
    }

    void skip_line() {
        while (!at_line_end()) skip();
        tokens_.advance();
    }

    void read_declaration(bool is_variable) {
        tokens_.advance();
        if (!tokens_.now().is("(")) return read_spec(is_variable);
        tokens_.advance();
        while (!tokens_.now().is(")") && tokens_.now().kind != TokenKind::end) {
            if (tokens_.now().kind == TokenKind::word)
                read_spec(is_variable);
            else
                tokens_.advance();
        }
        skip_line();
    }

    // name, name … [type] [= value, value …], up to the end of the line.
    void read_spec(bool is_variable) {
        std::vector<std::string> names;
        while (tokens_.now().kind == TokenKind::word) {
            names.emplace_back(tokens_.now().spelling);
            tokens_.advance();
            if (!tokens_.now().is(",")) break;
            tokens_.advance();
        }
        std::vector<GoValue> specified(names.size());
        bool is_string = true;
        if (!tokens_.now().is("=") && !at_line_end() && !tokens_.now().is(")")) {
            is_string = tokens_.now().is("string");
            while (!tokens_.now().is("=") && !at_line_end() && !tokens_.now().is(")")) skip();
        }
        const bool has_value = tokens_.now().is("=");
        if (has_value) tokens_.advance();
        for (std::size_t i = 0; i < names.size(); ++i) {
            GoValue& value = specified[i];
            value.is_variable = is_variable;
            value.is_string = is_string;
            value.has_value = has_value;
            if (has_value) read_value(value);
            values_.insert_or_assign(names[i], value);
        }
        while (!at_line_end() && !tokens_.now().is(")")) skip();
    }

    // Up to the comma that ends the value, or to the end of the line; a line that ends with "+"
    // goes on.
    void read_value(GoValue& value) {
        bool open = true;  // an operand must follow
        while (!tokens_.now().is(",") && !tokens_.now().is(")")) {
            const Token token = tokens_.now();
            if (token.kind == TokenKind::end || (token.kind == TokenKind::line_end && !open))
                return;
            if (token.kind == TokenKind::word)
                value.names.emplace_back(token.spelling);
            else if (token.kind == TokenKind::other && !token.is("+"))
                value.is_literal = false;
            if (token.kind != TokenKind::line_end) open = token.is("+");
            skip();
        }
        if (tokens_.now().is(",")) tokens_.advance();
    }

    Tokens tokens_;
    GoValues& values_;
};

// Whether `name` is a constant string; `depth` ends what refers to itself.
bool is_constant_string(const GoValues& values, std::string_view name, int depth) {
    const auto found = values.find(name);
    if (depth == 0 || found == values.end() || found->second.is_variable) return false;
    const GoValue& value = found->second;
    return value.is_string && value.has_value && value.is_literal &&
           std::all_of(value.names.begin(), value.names.end(), [&](const std::string& other) {
               return is_constant_string(values, other, depth - 1);
           });
}

}  // namespace

void add_declarations(std::string_view source, GoValues& values) {
    Declarations{source, values}.read();
}

bool is_settable(const GoValues& values, std::string_view name) {
    const auto found = values.find(name);
    if (found == values.end() || !found->second.is_variable || !found->second.is_string)
        return false;
    constexpr int longest_chain = 16;
    const GoValue& value = found->second;
    return value.is_literal &&
           std::all_of(value.names.begin(), value.names.end(), [&](const std::string& other) {
               return is_constant_string(values, other, longest_chain);
           });
}

}  // namespace gov::cross
