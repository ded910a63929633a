// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "toolchain/version_spec.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace gov::toolchain {

namespace {

using Kind = VersionSpec::Kind;

// The number of the language version before `line`; Go's lines follow each other without gaps.
std::string line_before(const GoVersion& line) {
    const std::string language = line.language();
    const auto dot = language.find('.');
    if (dot == std::string::npos) return {};
    const unsigned long minor = std::stoul(language.substr(dot + 1, 9));
    return base::format("{}.{}", language.substr(0, dot), minor - (minor == 0 ? 0 : 1));
}

}  // namespace

bool VersionSpec::admits(const GoVersion& version, const GoVersion& newest_line,
                         Prereleases prereleases) const {
    const auto is_admitted = [&](const Bound& bound) { return bound.admits(version); };
    // A prerelease is meant only where one of its own line is named.
    const auto names_prerelease = [&](const Bound& bound) {
        return bound.version.is_prerelease() && bound.version.language() == version.language();
    };
    switch (kind_) {
        case Kind::exact:
            return version == bounds_[0].version;
        case Kind::range:
            return std::ranges::all_of(bounds_, is_admitted) &&
                   (!version.is_prerelease() || prereleases == Prereleases::all ||
                    std::ranges::any_of(bounds_, names_prerelease));
        case Kind::stable:
            return !version.is_prerelease();
        case Kind::oldstable:
            return !version.is_prerelease() && version.language() == line_before(newest_line);
        case Kind::rc:
            return !version.is_prerelease() || version.number().find("rc") != std::string::npos;
        case Kind::linked:
            break;
    }
    return false;
}

std::optional<GoVersion> VersionSpec::choose(std::span<const GoVersion> candidates,
                                             const std::optional<GoVersion>& known_line) const {
    auto line = newest_line(candidates);
    if (known_line && (!line || *line < *known_line)) line = known_line;
    std::optional<GoVersion> best;
    for (const GoVersion& candidate : candidates)
        if (admits(candidate, line.value_or(candidate)) && (!best || *best < candidate))
            best = candidate;
    return best;
}

std::string VersionSpec::meaning() const {
    switch (kind_) {
        case Kind::exact:
            return bounds_[0].version.name();
        case Kind::range:
            if (bounds_.size() == 1 && bounds_[0].line &&
                bounds_[0].relation == Bound::Relation::equal)
                return base::format("the newest release of Go {}", bounds_[0].version.language());
            return base::format("the newest release that is {}", text_);
        case Kind::stable:
            return "the newest release";
        case Kind::oldstable:
            return "the newest release of the line before the newest";
        case Kind::rc:
            return "the newest release candidate, or release where none is newer";
        case Kind::linked:
            return base::format("the linked toolchain {}", text_);
    }
    return text_;
}

std::optional<GoVersion> newest_line(std::span<const GoVersion> versions) {
    std::optional<GoVersion> newest;
    for (const GoVersion& version : versions)
        if (!version.is_prerelease() && (!newest || *newest < version)) newest = version;
    return newest ? GoVersion::parse(newest->language()) : std::nullopt;
}

base::Error unknown_name(std::string_view text, std::string_view where) {
    constexpr std::array<std::string_view, 4> names{"stable", "oldstable", "latest", "rc"};
    const auto nearest = base::closest_word(text, names);
    return base::Error{
        base::format("\"{}\" is no version, and no toolchain is linked by that name{}",
                     base::printable(text), where.empty() ? "" : base::format(" ({})", where)),
        nearest ? base::format("did you mean {}?", *nearest)
                : std::string{"versions look like 1.22.6, 1.22, ^1.22 or stable"},
        base::ExitCode::usage};
}

bool can_be_link_name(std::string_view text) {
    constexpr std::size_t longest_name = 64;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_allowed = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || std::string_view{"._+-"}.contains(c);
    };
    if (text.empty() || text.size() > longest_name || !is_letter(text[0])) return false;
    if (!std::ranges::all_of(text, is_allowed)) return false;
    // What starts as a version does is one, or a mistake in writing one.
    std::string lower{text.substr(0, 3)};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool like_version =
        (lower[0] == 'v' && lower.size() > 1 && lower[1] >= '0' && lower[1] <= '9') ||
        (lower.starts_with("go") && lower.size() > 2 && lower[2] >= '0' && lower[2] <= '9');
    return !like_version && text != "stable" && text != "latest" && text != "oldstable" &&
           text != "rc";
}

}  // namespace gov::toolchain
