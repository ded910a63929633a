// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis.hpp"

#include "cross/diagnosis/line_pattern.hpp"
#include "cross/text_template.hpp"

#include <algorithm>
#include <cctype>

namespace gov::cross {

namespace {

// Messages are shorter; what minified sources have in a line is not looked through.
constexpr std::size_t longest_line = 4096;

// gcc quotes with what the locale has.
std::string with_plain_quotes(std::string_view line) {
    std::string plain{line};
    for (const std::string_view quote : {"\u2018", "\u2019"})
        for (auto at = plain.find(quote); at != std::string::npos; at = plain.find(quote, at))
            plain.replace(at, quote.size(), "'");
    return plain;
}

bool is_32_bit(const Target& target) {
    constexpr std::array<std::string_view, 5> narrow{"386", "arm", "armbe", "mips", "mipsle"};
    return std::ranges::find(narrow, target.platform.arch) != narrow.end();
}

std::string upper_case(std::string_view name) {
    std::string upper{name};
    for (char& letter : upper)
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return upper;
}

// `text` with what was found; what this pattern does not have is in capitals.
std::string filled(std::string_view text, const Captures& captures) {
    return expand_template(text, [&](std::string_view name) {
        const auto found = std::ranges::find(captures, name, &Captures::value_type::first);
        return found == captures.end() ? upper_case(name) : std::string{found->second};
    });
}

// "./a.go:3" of "vet: ./a.go:3:14: undefined: x"; empty: `line` has no place in a source.
std::string_view source_in(std::string_view line) {
    constexpr std::string_view digits = "0123456789";
    for (auto colon = line.find(':'); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        const auto end = line.find_first_not_of(digits, colon + 1);
        if (end == std::string_view::npos || end == colon + 1 || line[end] != ':') continue;
        const std::string_view place = line.substr(0, end);
        return place.substr(place.rfind(' ') + 1);
    }
    return {};
}

std::optional<Captures> shown_by(const DiagnosisRule& rule, std::string_view line) {
    for (const std::string_view pattern : rule.patterns) {
        if (pattern.empty()) break;
        auto captures = match_line(line, pattern);
        if (!captures) continue;
        if (const auto source = source_in(line); !source.empty())
            captures->emplace_back("source", source);
        return captures;
    }
    return std::nullopt;
}

struct Line {
    std::string_view text;
    std::string plain;  // as patterns have it, cut
};

std::vector<Line> lines_of(std::string_view log) {
    std::vector<Line> lines;
    while (!log.empty()) {
        const auto end = std::min(log.find('\n'), log.size());
        std::string_view text = log.substr(0, end);
        if (text.ends_with('\r')) text.remove_suffix(1);
        lines.push_back({text, with_plain_quotes(text.substr(0, longest_line))});
        log.remove_prefix(std::min(end + 1, log.size()));
    }
    return lines;
}

}  // namespace

std::vector<Diagnosis> diagnose(std::string_view log, const std::optional<Target>& target) {
    const std::vector<Line> lines = lines_of(log);
    std::vector<bool> is_told(lines.size());
    std::vector<Diagnosis> diagnoses;
    for (const DiagnosisRule* rule : diagnosis_rules()) {
        if (rule->only_32_bit && target && !is_32_bit(*target)) continue;
        bool is_first = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (is_told[i]) continue;
            const auto captures = shown_by(*rule, lines[i].plain);
            if (!captures) continue;
            is_told[i] = true;
            if (is_first)
                diagnoses.push_back({rule->id, filled(rule->meaning, *captures),
                                     filled(rule->remedy, *captures), std::string{lines[i].text},
                                     i + 1});
            is_first = false;
        }
    }
    return diagnoses;
}

Diagnosis explain(const DiagnosisRule& rule) {
    return {rule.id, filled(rule.meaning, {}), filled(rule.remedy, {})};
}

std::optional<Target> target_of_log(std::string_view log) {
    Target target;
    for (const Line& line : lines_of(log)) {
        if (line.text.starts_with("GOOS=")) target.platform.os = line.text.substr(5);
        if (line.text.starts_with("GOARCH=")) target.platform.arch = line.text.substr(7);
    }
    if (target.platform.os.empty() || target.platform.arch.empty()) return std::nullopt;
    return target;
}

}  // namespace gov::cross
