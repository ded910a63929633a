// SPDX-License-Identifier: Apache-2.0
#pragma once
// select(): which toolchain is in effect in a directory, and why.

#include "activation/landmark.hpp"
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

enum class Origin { session, pin, fallback };  // GOV_VERSION, a pin file, `gov default`

struct Selection {
    toolchain::GoVersion version;
    Origin origin = Origin::fallback;
    std::filesystem::path file;                 // that decided; empty for the session
    std::size_t line = 0;                       // in it, from 1; 0 where it has no lines
    std::optional<store::Toolchain> toolchain;  // nullopt: not installed

    // Where the choice comes from, for people: "GOV_VERSION", "/p/.gotoolchain.toml:1", …
    std::string reason() const;

    // Throws not_installed() where there is none.
    const store::Toolchain& require_toolchain() const;
};

// The selection where `landmarks` are the landmarks; nullopt where nothing chooses a version.
// Throws Error for a session override, a pin or a default that cannot be read.
std::optional<Selection> select(std::span<const Landmark> landmarks,
                                const base::Environment& environment, const store::Places& places);

// As above, in `directory`.
std::optional<Selection> select(const std::filesystem::path& directory,
                                const base::Environment& environment, const store::Places& places);

// As select, but throws Error where nothing chooses a version (ExitCode::no_release) or the chosen
// one is not installed.
Selection require_selection(const std::filesystem::path& directory,
                            const base::Environment& environment, const store::Places& places);

// What to say where the selected release is not there: "go1.22.6 is not installed".
base::Error not_installed(const Selection& selection);

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
