// SPDX-License-Identifier: Apache-2.0
#include "toolchain/go_version.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::toolchain {

namespace {

constexpr std::size_t longest_version = 32;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

// Takes a decimal without leading zeros off the front of `text`; nullopt if there is none.
std::optional<std::string> take_number(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    std::string number{text.begin(), end};
    if (number.empty() || (number.size() > 1 && number[0] == '0')) return std::nullopt;
    text.remove_prefix(number.size());
    return number;
}

// Decimals of any size: the longer one is larger.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return a.size() <=> b.size();
    return a.compare(b) <=> 0;
}

// Where Go took a missing patch for 0; it looks at the minor number alone.
bool is_older_than_1_21(std::string_view minor) {
    return compare_numbers(minor, "21") < 0;
}

bool is_published_kind(std::string_view kind) {
    return kind == "rc" || kind == "beta" || kind == "alpha";
}

}  // namespace

std::optional<GoVersion> GoVersion::parse(std::string_view text) {
    if (text.starts_with("go")) text.remove_prefix(2);
    auto version = parse_as_go(text);
    if (!version || version->kind_.empty()) return version;
    const bool published = is_published_kind(version->kind_) && !version->pre_.empty();
    return published ? version : std::nullopt;
}

std::optional<GoVersion> GoVersion::parse_as_go(std::string_view text) {
    if (text.size() > longest_version) return std::nullopt;
    GoVersion version;
    const auto major = take_number(text);
    if (!major) return std::nullopt;
    version.major_ = *major;
    version.minor_ = "0";
    if (text.empty()) {  // "1" is 1.0.0
        version.patch_ = "0";
        return version;
    }
    if (text[0] != '.') return std::nullopt;
    text.remove_prefix(1);
    const auto minor = take_number(text);
    if (!minor) return std::nullopt;
    version.minor_ = *minor;
    if (text.empty()) {
        if (is_older_than_1_21(version.minor_)) version.patch_ = "0";
        return version;
    }
    if (text[0] == '.') {
        text.remove_prefix(1);
        const auto patch = take_number(text);
        if (!patch || !text.empty()) return std::nullopt;
        version.patch_ = *patch;
        return version;
    }
    version.kind_ = std::string{text.begin(), std::ranges::find_if_not(text, is_lower)};
    text.remove_prefix(version.kind_.size());
    if (version.kind_.empty()) return std::nullopt;
    if (text.empty()) return version;
    const auto pre = take_number(text);
    if (!pre || !text.empty()) return std::nullopt;
    version.pre_ = *pre;
    return version;
}

GoVersion GoVersion::require(std::string_view text) {
    if (auto version = parse(text)) return std::move(*version);
    const auto behind_v = text.starts_with('v') ? parse(text.substr(1)) : std::nullopt;
    throw base::Error{
        base::format("\"{}\" is not a Go version", base::printable(text.substr(0, 64))),
        behind_v ? base::format("write {}", behind_v->number())
                 : std::string{"versions look like 1.22.6, go1.22.6 or 1.23rc1"},
        base::ExitCode::usage};
}

std::optional<GoVersion> GoVersion::of_toolchain(std::string_view name) {
    if (!name.starts_with("go") || name.find_first_of("/\\") != std::string_view::npos)
        return std::nullopt;
    name = name.substr(2, name.find_first_of(" \t-") - 2);
    return parse_as_go(name);
}

std::string GoVersion::number() const {
    std::string text = major_ + "." + minor_;
    if (!kind_.empty()) return text + kind_ + pre_;
    if (patch_.empty()) return text;
    if (patch_ == "0" && is_older_than_1_21(minor_)) return text;
    return text + "." + patch_;
}

bool GoVersion::is_language_only() const {
    return patch_.empty() && kind_.empty();
}

std::strong_ordering GoVersion::operator<=>(const GoVersion& other) const {
    if (const auto order = compare_numbers(major_, other.major_); order != 0) return order;
    if (const auto order = compare_numbers(minor_, other.minor_); order != 0) return order;
    if (const auto order = compare_numbers(patch_, other.patch_); order != 0) return order;
    // "" < alpha < beta < rc; before 1.21 a patch ("0") already sorts after any prerelease.
    if (const auto order = kind_.compare(other.kind_) <=> 0; order != 0) return order;
    return compare_numbers(pre_, other.pre_);
}

}  // namespace gov::toolchain
