// SPDX-License-Identifier: Apache-2.0
#include "cross/targets.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"
#include "toolchain/go_string.hpp"

#include <algorithm>
#include <optional>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;

// Takes `{"os", "arch"}` from the front of `line`; nullopt where something else stands there.
std::optional<Platform> take_pair(std::string_view& line) {
    const auto start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] != '{') return std::nullopt;
    std::string_view rest = line.substr(start + 1);
    auto os = toolchain::take_go_string(rest);
    if (!os || !rest.starts_with(", ")) return std::nullopt;
    rest.remove_prefix(2);
    auto arch = toolchain::take_go_string(rest);
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
    for (const std::string_view line : base::lines_of(result.output))
        if (auto pair = parse_pair(line)) targets.push_back(std::move(*pair));
    return targets;
}

}  // namespace

std::vector<Platform> parse_target_table(std::string_view source) {
    std::vector<Platform> targets;
    for (std::string_view line : base::lines_of(source)) {
        const auto pair = take_pair(line);
        if (!pair) continue;
        if (line == ",")  // an entry of List
            targets.push_back(*pair);
        else if (line.find("Broken: true") != std::string_view::npos)  // of distInfo
            std::erase(targets, *pair);
    }
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

}  // namespace gov::cross
