// SPDX-License-Identifier: Apache-2.0
#include "activation/go_switch.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::activation {

using project::GoLines;
using toolchain::GoVersion;
using Mode = GoToolchainSetting::Mode;

namespace {

// nullopt is older than every version, as what is malformed is in Go.
bool is_newer(const GoVersion& a, const std::optional<GoVersion>& b) {
    return !b || a > *b;
}

// The name of the first toolchain of the version on the `go` line: from 1.21 on a language version
// has no toolchain of its own (golang.org/issue/62278).
std::string toolchain_for(std::string_view text, const GoVersion& version) {
    return base::format("go{}{}", text, version.is_language_only() ? ".0" : "");
}

// The go command runs no others: its guard against GOTOOLCHAIN=bash.
bool can_run(std::string_view toolchain) {
    return toolchain.starts_with("go1") || toolchain.find("-go1") != std::string_view::npos;
}

// Lets `lines` raise what is decided so far in `result`.
void follow(const GoLines& lines, GoSwitch& result) {
    if (lines.toolchain == "default") {
        result.reason = GoReason::toolchain_default;
        return;
    }
    if (!lines.toolchain.empty()) {
        const auto version = GoVersion::of_toolchain(lines.toolchain);
        if (!version) {
            result.failure =
                base::format("\"{}\" is no toolchain", base::printable(lines.toolchain));
            return;
        }
        if (is_newer(*version, result.version)) {
            result.toolchain = lines.toolchain;
            result.version = version;
            result.reason = GoReason::toolchain_line;
        }
    }
    if (lines.go && is_newer(*lines.go, result.version)) {
        result.toolchain = toolchain_for(lines.go_text, *lines.go);
        result.version = lines.go;
        result.reason = GoReason::go_line;
    }
}

}  // namespace

GoToolchainSetting GoToolchainSetting::parse(std::string_view text) {
    GoToolchainSetting setting;
    if (text.empty() || text == "auto" || text == "path") {
        setting.mode = text == "path" ? Mode::path : Mode::automatic;
        return setting;
    }
    const auto plus = text.find('+');
    const std::string_view name = text.substr(0, plus);
    if (name != "local") {
        setting.name = name;
        setting.version = GoVersion::of_toolchain(name);
        if (!setting.version)
            setting.failure =
                base::format("GOTOOLCHAIN=\"{}\" names no toolchain", base::printable(text));
    }
    if (plus == std::string_view::npos) return setting;
    const std::string_view suffix = text.substr(plus + 1);
    if (suffix == "auto")
        setting.mode = Mode::automatic;
    else if (suffix == "path")
        setting.mode = Mode::path;
    else if (setting.failure.empty())
        setting.failure = base::format("GOTOOLCHAIN=\"{}\" ends in neither +auto nor +path",
                                       base::printable(text));
    return setting;
}

GoSwitch switch_of(const std::optional<GoVersion>& local, const GoToolchainSetting& setting,
                   const GoLines& lines) {
    GoSwitch result;
    result.version = local;
    result.failure = setting.failure;
    if (!result.failure.empty()) return result;
    if (setting.version) {
        result.toolchain = setting.name;
        result.version = setting.version;
        result.reason = GoReason::setting;
    }
    if (setting.mode != Mode::stay) follow(lines, result);
    const bool is_local = local && result.toolchain == local->name();
    if (is_local) result.toolchain.clear();
    if (result.failure.empty() && !result.toolchain.empty() && !can_run(result.toolchain))
        result.failure = base::format("\"{}\" is no toolchain that go would run",
                                      base::printable(result.toolchain));
    return result;
}

}  // namespace gov::activation
