// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/targets.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

using base::Error;
using base::ExitCode;

struct Pattern {
    std::string_view os;
    std::string_view arch;
    std::string_view variant;
};

// "os/arch" and "os/arch/VARIANT" in their parts; nullopt for another form.
std::optional<Pattern> split(std::string_view text) {
    const auto first = text.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    Pattern pattern{text.substr(0, first), text.substr(first + 1), {}};
    if (const auto second = pattern.arch.find('/'); second != std::string_view::npos) {
        pattern.variant = pattern.arch.substr(second + 1);
        pattern.arch = pattern.arch.substr(0, second);
        if (pattern.variant.empty() || pattern.variant.find('/') != std::string_view::npos)
            return std::nullopt;
    }
    if (pattern.os.empty() || pattern.arch.empty()) return std::nullopt;
    if (pattern.arch == "arm" && pattern.variant.starts_with('v')) pattern.variant.remove_prefix(1);
    return pattern;
}

bool matches_word(std::string_view pattern, std::string_view word) {
    return pattern == "*" || pattern == word;
}

// Other names that people have for Go's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> aliases{{
    {"macos", "darwin"},
    {"mac", "darwin"},
    {"osx", "darwin"},
    {"win", "windows"},
    {"win32", "windows"},
    {"x86_64", "amd64"},
    {"x64", "amd64"},
    {"aarch64", "arm64"},
    {"i386", "386"},
    {"i686", "386"},
    {"x86", "386"},
    {"armv7", "arm"},
}};

std::string in_go_words(std::string_view word) {
    for (const auto& [alias, name] : aliases)
        if (word == alias) return std::string{name};
    return std::string{word};
}

std::string hint_for(std::string_view text, const std::vector<Platform>& known) {
    std::vector<std::string> names;
    names.reserve(known.size());
    for (const Platform& platform : known) names.push_back(platform.str());
    const std::vector<std::string_view> candidates{names.begin(), names.end()};
    std::string wanted{text};
    if (const auto pattern = split(text))
        wanted = Platform{in_go_words(pattern->os), in_go_words(pattern->arch)}.str();
    if (const auto nearest = base::closest_word(wanted, candidates))
        return base::format("did you mean {}?", *nearest);
    return "a target is GOOS/GOARCH, as in linux/amd64; gov cross targets lists all";
}

std::vector<Platform> group(std::string_view name, const std::vector<Platform>& known) {
    if (name == "@all") return known;
    if (name == "@default") return default_targets();
    if (name != "@first-class")
        throw Error{base::format("{} is no group of targets", base::printable(name)),
                    "the groups are @default, @first-class and @all", ExitCode::usage};
    std::vector<Platform> result;
    std::copy_if(known.begin(), known.end(), std::back_inserter(result), is_first_class);
    return result;
}

std::vector<Target> named_by(std::string_view text, const std::vector<Platform>& known) {
    std::vector<Target> targets;
    if (text.starts_with('@')) {
        for (Platform& platform : group(text, known)) targets.push_back({std::move(platform)});
        return targets;
    }
    if (const auto pattern = split(text))
        for (const Platform& platform : known)
            if (matches_word(pattern->os, platform.os) &&
                matches_word(pattern->arch, platform.arch))
                targets.push_back({platform, std::string{pattern->variant}});
    if (targets.empty())
        throw Error{base::format("{} is no target of this Go release", base::printable(text)),
                    hint_for(text, known), ExitCode::usage};
    for (const Target& target : targets)
        if (!target.variant.empty() && target.variant_setting().empty())
            throw Error{
                base::format("{} has no variants", target.platform.str()), {}, ExitCode::usage};
    return targets;
}

}  // namespace

std::vector<Platform> default_targets() {
    return {{"linux", "amd64"}, {"darwin", "arm64"}, {"windows", "386"}};
}

std::vector<Target> expand_targets(const std::vector<std::string>& patterns,
                                   const std::vector<Platform>& known) {
    std::vector<Target> targets;
    if (patterns.empty()) return named_by("@default", known);
    for (const std::string& pattern : patterns) {
        if (pattern.starts_with('!')) {
            for (const Target& target : named_by(std::string_view{pattern}.substr(1), known))
                std::erase_if(targets, [&](const Target& entry) {
                    return entry.platform == target.platform &&
                           (target.variant.empty() || entry.variant == target.variant);
                });
            continue;
        }
        for (Target& target : named_by(pattern, known))
            if (std::find(targets.begin(), targets.end(), target) == targets.end())
                targets.push_back(std::move(target));
    }
    if (targets.empty()) throw Error{"the patterns for targets leave none", {}, ExitCode::usage};
    return targets;
}

bool matches(std::string_view text, const Target& target) {
    const auto pattern = split(text);
    return pattern && matches_word(pattern->os, target.platform.os) &&
           matches_word(pattern->arch, target.platform.arch) &&
           (pattern->variant.empty() || pattern->variant == target.variant);
}

bool is_first_class(const Platform& platform) {
    const std::array<Platform, 8> ports{{{"darwin", "amd64"},
                                         {"darwin", "arm64"},
                                         {"linux", "386"},
                                         {"linux", "amd64"},
                                         {"linux", "arm"},
                                         {"linux", "arm64"},
                                         {"windows", "386"},
                                         {"windows", "amd64"}}};
    return std::find(ports.begin(), ports.end(), platform) != ports.end();
}

}  // namespace gov::cross
