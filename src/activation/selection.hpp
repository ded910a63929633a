// SPDX-License-Identifier: Apache-2.0
#pragma once
// select(): which toolchain is in effect in a directory, and why.

#include "activation/choice.hpp"
#include "base/environment.hpp"
#include "base/error.hpp"
#include "project/go_mod.hpp"
#include "store/installed.hpp"
#include "store/places.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace gov::activation {

// A choice and the release that it comes to here.
struct Selection : Choice {
    toolchain::GoVersion version;
    std::optional<store::Toolchain> toolchain;  // nullopt: not installed

    // What people know it by: "go1.22.6", or the name of a linked toolchain.
    std::string name() const { return toolchain ? toolchain->name() : version.name(); }
    // Throws not_installed() where there is none.
    const store::Toolchain& require_toolchain() const;
};

// What `choice`, which its user makes, comes to with what is installed. Throws Error
// (ExitCode::no_release) where that takes an installed release and there is none; an exact one may
// be missing. Throws Error (ExitCode::usage) where no toolchain is linked by the name.
Selection resolve(Choice choice, const store::Places& places);

// The selection where `sight` is in sight; nullopt where nothing chooses a version, which a floor
// does not where no release is installed that reaches it but the go on PATH does. A file selects
// releases that something proved; others and linked toolchains only where it is a .gotoolchain.toml
// that was allowed, else Error (ExitCode::not_trusted) is thrown.
// Throws Error as choose and resolve do; what was looked at until then is in `dependencies`.
std::optional<Selection> select(Sight& sight, const base::Environment& environment,
                                const store::Places& places, Dependencies& dependencies);

// As above, where nobody asks how long it holds.
std::optional<Selection> select(Sight& sight, const base::Environment& environment,
                                const store::Places& places);

// As above, in `directory`.
std::optional<Selection> select(const std::filesystem::path& directory,
                                const base::Environment& environment, const store::Places& places);

// As select, but throws Error where nothing chooses a version (ExitCode::no_release) or the chosen
// one is not installed.
Selection require_selection(Sight& sight, const base::Environment& environment,
                            const store::Places& places);
Selection require_selection(const std::filesystem::path& directory,
                            const base::Environment& environment, const store::Places& places);

// What to say where what is asked for is not there: "go1.22.6 is not installed".
base::Error not_installed(const Choice& choice);

// What to say where nothing chooses a version.
base::Error nothing_chosen();

// The floor that the nearest go.work, else the nearest go.mod, among `landmarks` sets and that
// `selection` is below; nullopt where it is not. A default is never below: there the go command
// switches by itself.
std::optional<project::Floor> missed_floor(const Selection& selection,
                                           std::span<const Landmark> landmarks);

// What to say of it, in one line.
std::string describe_missed_floor(const Selection& selection, const project::Floor& floor);

}  // namespace gov::activation
