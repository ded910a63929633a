// SPDX-License-Identifier: Apache-2.0
#include "project/lock_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::project {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;
using toolchain::Platform;

namespace {

constexpr std::size_t size_limit = 64 * 1024;
constexpr std::string_view heading =
    "# What the pin beside this file means, fixed by gov lock; gov upgrade moves it on.\n";

[[noreturn]] void refuse(const fs::path& path, std::size_t line, std::string_view what,
                         const std::string& hint) {
    throw Error{base::format("{}:{}: {}", base::printable(path.native()), line, what), hint,
                ExitCode::usage};
}

std::string_view take_word(std::string_view& rest) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    return word;
}

bool is_hex(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// "h1:" and the base64 of 32 bytes.
bool is_h1(std::string_view text) {
    return text.size() == 47 && text.starts_with("h1:") && text.ends_with('=') &&
           text.substr(3, 43).find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") ==
               std::string_view::npos;
}

bool is_name(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

// "linux/amd64 sha256:… h1:…"; nullopt for anything else.
std::optional<LockedPlatform> parse_platform(std::string_view line) {
    const std::string_view name = take_word(line);
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || !is_name(name.substr(0, slash)) ||
        !is_name(name.substr(slash + 1)))
        return std::nullopt;
    LockedPlatform result{
        {std::string{name.substr(0, slash)}, std::string{name.substr(slash + 1)}}, {}, {}};
    while (!line.empty()) {
        const std::string_view hash = take_word(line);
        if (hash.starts_with("sha256:") && is_hex(hash.substr(7)))
            result.sha256 = hash.substr(7);
        else if (is_h1(hash))
            result.h1 = hash;
        else
            return std::nullopt;
    }
    return result;
}

}  // namespace

const LockedPlatform* Lock::find(const Platform& platform) const {
    const auto found = std::ranges::find(platforms, platform, &LockedPlatform::platform);
    return found == platforms.end() ? nullptr : &*found;
}

std::optional<Lock> read_lock(const fs::path& path) {
    const auto text = base::read_file(path, size_limit);
    return text ? std::optional{parse_lock(path, *text)} : std::nullopt;
}

Lock parse_lock(const fs::path& path, std::string_view text) {
    constexpr std::string_view again = "write it again: gov lock";
    std::string pin;
    std::optional<GoVersion> release;
    std::vector<LockedPlatform> platforms;
    std::size_t number = 0;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with("<<<<<<<") || line.starts_with("=======") ||
            line.starts_with(">>>>>>>"))
            refuse(path, number, "a merge has left a conflict here", std::string{again});
        if (line.starts_with("pin ") && pin.empty()) {
            pin = line.substr(4);
        } else if (line.starts_with("release go") && !release) {
            release = GoVersion::parse(line.substr(8));
            if (!release) refuse(path, number, "this is no release", std::string{again});
        } else if (auto platform = parse_platform(line)) {
            platforms.push_back(std::move(*platform));
        } else {
            refuse(path, number, "this line cannot be understood", std::string{again});
        }
    }
    if (pin.empty() || !release)
        throw Error{base::format("{} is not whole", base::printable(path.native())),
                    std::string{again}, ExitCode::usage};
    return {std::move(pin), std::move(*release), std::move(platforms)};
}

std::string lock_text(const Lock& lock) {
    std::vector<LockedPlatform> platforms = lock.platforms;
    std::ranges::sort(platforms, {}, [](const LockedPlatform& one) { return one.platform.str(); });
    std::string text{heading};
    text += base::format("pin {}\nrelease {}\n", lock.pin, lock.release.name());
    for (const LockedPlatform& one : platforms) {
        text += one.platform.str();
        if (!one.sha256.empty()) text += base::format(" sha256:{}", one.sha256);
        if (!one.h1.empty()) text += base::format(" {}", one.h1);
        text += '\n';
    }
    return text;
}

}  // namespace gov::project
