// SPDX-License-Identifier: Apache-2.0
#include "cross/targets.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "cross/go_string.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

// Calls `visit` for each line of `text`, without what ends it.
template <class Visit>
void for_each_line(std::string_view text, const Visit& visit) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Takes `{"os", "arch"}` from the front of `line`; nullopt where something else stands there.
std::optional<Platform> take_pair(std::string_view& line) {
    const auto start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] != '{') return std::nullopt;
    std::string_view rest = line.substr(start + 1);
    auto os = take_go_string(rest);
    if (!os || !rest.starts_with(", ")) return std::nullopt;
    rest.remove_prefix(2);
    auto arch = take_go_string(rest);
    if (!arch || !rest.starts_with('}')) return std::nullopt;
    line = rest.substr(1);
    return Platform{std::move(*os), std::move(*arch)};
}

std::optional<Platform> parse_pair(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size() ||
        text.find('/', slash + 1) != std::string_view::npos)
        return std::nullopt;
    return Platform{std::string{text.substr(0, slash)}, std::string{text.substr(slash + 1)}};
}

std::vector<Platform> ask_go(const fs::path& goroot) {
    const base::ProcessSpec spec{
        .arguments = {(goroot / "bin/go").native(), "tool", "dist", "list"},
        .environment = base::Environment{{{"GOROOT", goroot.native()},
                                          {"GOTOOLCHAIN", "local"},
                                          {"GOENV", "off"},
                                          {"PATH", "/usr/local/bin:/usr/bin:/bin"}}}};
    const base::ProcessResult result = base::run(spec);
    if (result.status != 0)
        throw Error{base::format("go tool dist list ended with status {}: {}", result.status,
                                 base::printable(result.errors))};
    std::vector<Platform> targets;
    for_each_line(result.output, [&](std::string_view line) {
        if (auto pair = parse_pair(line)) targets.push_back(std::move(*pair));
    });
    return targets;
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
    if (const auto pair = parse_pair(text))
        wanted = Platform{in_go_words(pair->os), in_go_words(pair->arch)}.str();
    if (const auto nearest = base::closest_word(wanted, candidates))
        return base::format("did you mean {}?", *nearest);
    return "a target is GOOS/GOARCH, as in linux/amd64; go tool dist list prints all";
}

}  // namespace

std::vector<Platform> default_targets() {
    return {{"linux", "amd64"}, {"darwin", "arm64"}, {"windows", "386"}};
}

std::vector<Platform> parse_target_table(std::string_view source) {
    std::vector<Platform> targets;
    for_each_line(source, [&](std::string_view line) {
        const auto pair = take_pair(line);
        if (!pair) return;
        if (line == ",")  // an entry of List
            targets.push_back(*pair);
        else if (line.find("Broken: true") != std::string_view::npos)  // of distInfo
            std::erase(targets, *pair);
    });
    return targets;
}

std::vector<Platform> known_targets(const fs::path& goroot) {
    constexpr std::size_t size_limit = 1U << 20U;
    const auto source = base::read_file(goroot / "src/internal/platform/zosarch.go", size_limit);
    std::vector<Platform> targets = source ? parse_target_table(*source) : ask_go(goroot);
    if (targets.empty())
        throw Error{
            base::format("the toolchain in {} names no targets", goroot.native()),
            base::format("gov verify {} tells whether it is whole", goroot.filename().native())};
    return targets;
}

Platform require_target(std::string_view text, const std::vector<Platform>& known) {
    const auto target = parse_pair(text);
    if (!target || std::find(known.begin(), known.end(), *target) == known.end())
        throw Error{base::format("{} is no target of this Go release", base::printable(text)),
                    hint_for(text, known), ExitCode::usage};
    return *target;
}

}  // namespace gov::cross
