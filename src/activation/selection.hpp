// SPDX-License-Identifier: Apache-2.0
#pragma once
// select(): which toolchain is in effect in a directory, and why.

#include "base/environment.hpp"
#include "base/error.hpp"
#include "store/installed.hpp"
#include "store/places.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <optional>
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
};

// The selection in `directory`; nullopt where nothing chooses a version. Throws Error for a
// session override or a pin that cannot be read.
std::optional<Selection> select(const std::filesystem::path& directory,
                                const base::Environment& environment, const store::Places& places);

// As select, but throws Error where nothing chooses a version (ExitCode::no_release) or the chosen
// one is not installed.
Selection require_selection(const std::filesystem::path& directory,
                            const base::Environment& environment, const store::Places& places);

// What to say where the selected release is not there: "go1.22.6 is not installed".
base::Error not_installed(const Selection& selection);

}  // namespace gov::activation
