// SPDX-License-Identifier: Apache-2.0
#pragma once
// choose(): what is asked for in a directory, and by whom, before anyone looks at what is
// installed.

#include "activation/dependencies.hpp"
#include "activation/sight.hpp"
#include "base/environment.hpp"
#include "project/config.hpp"
#include "project/go_mod.hpp"
#include "store/places.hpp"
#include "toolchain/version_spec.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

// A word of the command line; GOV_VERSION; a pin file; go.work, go.mod or GOTOOLCHAIN; `gov
// default`.
enum class Origin { command_line, session, pin, module, fallback };

struct Choice {
    std::vector<toolchain::VersionSpec> specs;  // not empty; the first that is installed counts
    Origin origin = Origin::fallback;
    std::filesystem::path file = {};  // that decided; empty for the session and GOTOOLCHAIN
    std::size_t line = 0;             // in it, from 1; 0 where it has no lines
    // Where a `go` line decides: any later version will do, and without one installed here the go
    // on PATH may serve.
    std::optional<toolchain::GoVersion> floor = {};

    // What `word` of the command line asks for. Throws Error (ExitCode::usage) where it is no
    // version.
    static Choice of_command_line(std::string_view word);

    // Whether files of the directory made it, or GOTOOLCHAIN in their place.
    bool is_of_project() const { return origin == Origin::pin || origin == Origin::module; }
    // Where the choice comes from, for people: "GOV_VERSION", "/p/.gotoolchain.toml:1", …; empty
    // for the command line.
    std::string reason() const;
    // What is asked for, for people: "1.22.6", "go 1.22 or newer".
    std::string wanted() const;
};

// What is asked for where `sight` is in sight; nullopt where nothing is. The sources and their
// order are those of gov(1). Throws Error for a session override, a file or a default that cannot
// be understood; what was looked at until then is in `dependencies`.
std::optional<Choice> choose(Sight& sight, const base::Environment& environment,
                             const store::Places& places, Dependencies& dependencies);

// The pin of one landmark in `sight`; nullopt where it has none, also where `pins` leaves its kind
// out. Throws Error as choose does.
std::optional<Choice> pin_at(Sight& sight, const Landmark& landmark,
                             const project::Config::Pins& pins);

// Whether the landmark stands in the home directory or above it, where pins are only defaults.
bool is_default_place(const Landmark& landmark, const base::Environment& environment);

}  // namespace gov::activation
