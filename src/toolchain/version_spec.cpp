// SPDX-License-Identifier: Apache-2.0
#include "toolchain/version_spec.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace gov::toolchain {

using Relation = Bound::Relation;
using Kind = VersionSpec::Kind;

namespace {

constexpr std::size_t longest_spec = 128;
constexpr std::size_t most_bounds = 8;
constexpr std::string_view blanks = " \t";
constexpr std::array<std::pair<std::string_view, Kind>, 4> names{{
    {"stable", Kind::stable},
    {"latest", Kind::stable},
    {"oldstable", Kind::oldstable},
    {"rc", Kind::rc},
}};
constexpr std::array<std::pair<std::string_view, Relation>, 5> operators{{
    {">=", Relation::at_least},
    {"<=", Relation::at_most},
    {">", Relation::above},
    {"<", Relation::below},
    {"=", Relation::equal},
}};

[[noreturn]] void refuse(std::string_view text, std::string_view what, std::string hint) {
    throw base::Error{base::format("\"{}\" {}", base::printable(text.substr(0, 64)), what),
                      std::move(hint), base::ExitCode::usage};
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Whether `number`, without "go", names a whole language version: "1.22", and "1.20" also.
bool names_line(std::string_view number) {
    return std::ranges::count(number, '.') == 1 &&
           number.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The version that `text` is without its mistake; nullopt if that is not what it looks like.
std::optional<GoVersion> likely_version(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    std::string_view rest = text;
    while (rest.starts_with('v') || rest.starts_with('@') || rest.starts_with('=') ||
           rest.starts_with(' '))
        rest.remove_prefix(1);
    char cut = '\0';
    while (!rest.empty() && !GoVersion::parse(rest)) {
        cut = rest.back();
        rest.remove_suffix(1);
    }
    // Half a number is nobody's intention.
    const bool whole = cut < '0' || cut > '9';
    return whole && rest.size() > 2 ? GoVersion::parse(rest) : std::nullopt;
}

[[noreturn]] void refuse_version(std::string_view text) {
    const auto near = likely_version(std::string{text.substr(0, longest_spec)});
    refuse(text, "is not a Go version",
           near
               ? base::format("did you mean {}?", near->number())
               : std::string{"versions look like 1.22.6, 1.22, ^1.22, \">=1.21 <1.24\" or stable"});
}

// The version in one comparison of `text`.
GoVersion require_version(std::string_view text, std::string_view number, bool is_compared) {
    const auto version = GoVersion::parse(number);
    if (!version) refuse_version(text);
    if (number.find('.') == std::string_view::npos && !is_compared)
        refuse(text, "names every release of Go there is",
               "name a line such as 1.22, or write stable");
    return *version;
}

Bound bound_of(std::string_view text, Relation relation, std::string_view number) {
    const bool x = number.ends_with(".x");
    if (x) number.remove_suffix(2);
    GoVersion version = require_version(text, number, relation != Relation::equal && !x);
    if (x && !names_line(number)) refuse_version(text);
    return {relation, std::move(version), names_line(number)};
}

Relation take_operator(std::string_view& item) {
    for (const auto& [spelling, relation] : operators)
        if (item.starts_with(spelling)) {
            item.remove_prefix(spelling.size());
            return relation;
        }
    return Relation::equal;
}

// The comparisons of "^1.22", "~1.22.3" and the like, or of one item of a set.
std::vector<Bound> bounds_of_item(std::string_view text, std::string_view item) {
    const char first = item.empty() ? '\0' : item[0];
    if (first != '^' && first != '~') {
        const Relation relation = take_operator(item);
        return {bound_of(text, relation, item)};
    }
    Bound from = bound_of(text, Relation::equal, item.substr(1));
    from.relation = Relation::at_least;
    if (first == '~')
        return {from, {Relation::equal, GoVersion::require(from.version.language()), true}};
    const std::string major = from.version.number().substr(0, from.version.number().find('.'));
    const auto next_major = std::to_string(std::stoul("0" + major.substr(0, 9)) + 1);
    return {from, {Relation::below, GoVersion::require(next_major + ".0"), true}};
}

std::vector<Bound> parse_bounds(std::string_view text) {
    std::vector<Bound> bounds;
    std::string_view rest = text;
    for (;;) {
        const auto start = rest.find_first_not_of(" \t,");
        if (start == std::string_view::npos) break;
        rest.remove_prefix(start);
        // An operator may stand apart from its version.
        const auto number = rest.find_first_not_of("<>=^~");
        if (number == std::string_view::npos) refuse_version(text);
        const auto version = rest.find_first_not_of(blanks, number);
        if (version == std::string_view::npos) refuse_version(text);
        const auto end = std::min(rest.find_first_of(" \t,", version), rest.size());
        const std::string item =
            std::string{rest.substr(0, number)} + std::string{rest.substr(version, end - version)};
        for (Bound& bound : bounds_of_item(text, item)) bounds.push_back(std::move(bound));
        rest.remove_prefix(end);
        if (bounds.size() > most_bounds)
            refuse(text, "has too many comparisons", "two say everything: \">=1.21 <1.24\"");
    }
    if (bounds.empty()) refuse_version(text);
    return bounds;
}

bool is_floor(const Bound& bound) {
    return bound.relation == Relation::at_least || bound.relation == Relation::above ||
           bound.relation == Relation::equal;
}

// Refuses bounds that no version can satisfy, as far as two of them tell.
void refuse_conflicts(std::string_view text, const std::vector<Bound>& bounds) {
    for (const Bound& low : bounds)
        for (const Bound& high : bounds) {
            if (&low == &high || !is_floor(low) || high.relation == Relation::at_least ||
                high.relation == Relation::above)
                continue;
            // The version of a floor satisfies it or is just below what does.
            const bool apart =
                high.line && high.relation != Relation::below
                    ? low.version.language() != high.version.language() &&
                          low.version > high.version
                    : low.version > high.version ||
                          (low.version == high.version &&
                           (high.relation == Relation::below || low.relation == Relation::above));
            if (apart)
                refuse(text, "is a range that no version is in",
                       base::format("did you mean \">={} <{}\"?", high.version.number(),
                                    low.version.number()));
        }
}

}  // namespace

bool Bound::admits(const GoVersion& candidate) const {
    const bool within = line && candidate.language() == version.language();
    switch (relation) {
        case Relation::at_least:
            return candidate >= version;
        case Relation::above:
            return candidate > version && !within;
        case Relation::at_most:
            return candidate <= version || within;
        case Relation::below:
            return candidate < version && !within;
        case Relation::equal:
            return candidate == version || within;
    }
    return false;
}

VersionSpec VersionSpec::exactly(const GoVersion& version) {
    VersionSpec spec;
    spec.kind_ = Kind::exact;
    spec.text_ = version.number();
    spec.bounds_ = {{Relation::equal, version, false}};
    return spec;
}

VersionSpec VersionSpec::from(const GoVersion& version) {
    VersionSpec spec;
    spec.text_ = "~" + version.number();
    spec.bounds_ = bounds_of_item(spec.text_, spec.text_);
    return spec;
}

VersionSpec VersionSpec::at_least(const GoVersion& version) {
    VersionSpec spec;
    spec.text_ = ">=" + version.number();
    spec.bounds_ = {{Relation::at_least, version, false}};
    return spec;
}

VersionSpec VersionSpec::require(std::string_view text) {
    text = trimmed(text);
    if (text.size() > longest_spec) refuse(text, "is too long for a Go version", {});
    VersionSpec spec;
    spec.text_ = text;
    for (const auto& [name, kind] : names)
        if (name == text) {
            spec.kind_ = kind;
            return spec;
        }
    std::string_view number = text;
    if (number.starts_with("v1")) number.remove_prefix(1);
    const bool dotted = number.find('.') != std::string_view::npos;
    const auto version = dotted ? GoVersion::parse(number) : std::nullopt;
    // "go1.20" names that release: before 1.21 the first of a line had no ".0". "1.20" is the line.
    if (version && !version->is_language_only() && !names_line(number)) {
        spec.kind_ = Kind::exact;
        spec.bounds_ = {{Relation::equal, *version, false}};
        return spec;
    }
    if (can_be_link_name(text)) {
        spec.kind_ = Kind::linked;
        return spec;
    }
    if (number.starts_with("go")) number.remove_prefix(2);
    spec.bounds_ = parse_bounds(number);
    refuse_conflicts(text, spec.bounds_);
    return spec;
}

std::optional<GoVersion> VersionSpec::exact() const {
    return kind_ == Kind::exact ? std::optional{bounds_[0].version} : std::nullopt;
}

bool VersionSpec::is_moving_name() const noexcept {
    return kind_ == Kind::stable || kind_ == Kind::oldstable || kind_ == Kind::rc;
}

}  // namespace gov::toolchain
