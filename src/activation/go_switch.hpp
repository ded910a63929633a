// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which toolchain the go command itself would switch to (cmd/go/internal/toolchain: Select).

#include "project/go_mod.hpp"
#include "toolchain/go_version.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gov::activation {

// What GOTOOLCHAIN says.
struct GoToolchainSetting {
    enum class Mode { stay, automatic, path };

    std::string name;                             // "go1.22.3" where it names one, else empty
    std::optional<toolchain::GoVersion> version;  // of that name
    Mode mode = Mode::stay;                       // whether go.mod may ask for a newer one
    std::string failure;                          // what is wrong with it; empty: nothing

    // Empty means what Go's own go.env says: auto.
    static GoToolchainSetting parse(std::string_view text);
};

// What decides which toolchain the go command runs.
enum class GoReason { local, setting, toolchain_line, go_line, toolchain_default };

struct GoSwitch {
    std::string toolchain;                        // "go1.22.3"; empty: the go that was started
    std::optional<toolchain::GoVersion> version;  // of it; nullopt where `local` was not known
    GoReason reason = GoReason::local;
    std::string failure;  // what go ends with instead; empty: nothing
};

// What the go command of version `local` does where go.work or go.mod has `lines`. With no `local`
// any line wins: as if the oldest go were started.
GoSwitch switch_of(const std::optional<toolchain::GoVersion>& local,
                   const GoToolchainSetting& setting, const project::GoLines& lines);

}  // namespace gov::activation
