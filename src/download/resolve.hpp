// SPDX-License-Identifier: Apache-2.0
#pragma once
// resolve(): the release that a spec stands for, of all that the sources have.

#include "base/error.hpp"
#include "download/catalog.hpp"
#include "download/settings.hpp"
#include "toolchain/version_spec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gov::download {

enum class Preference { installed, newest };

// What specs stand for; the sources are asked for what they have once, and only if that matters.
class Resolver {
public:
    explicit Resolver(const Settings& settings) : settings_{settings} {}

    // An exact spec is what it is, whoever has it. Another one, with Preference::installed, is the
    // newest installed release that it admits, and where there is none, or the spec is a name like
    // stable, the newest that a source has. Throws Error: ExitCode::no_release where there is none,
    // naming the nearest there is; ExitCode::usage for a linked toolchain; else as read_catalog.
    toolchain::GoVersion resolve(const toolchain::VersionSpec& spec, Preference preference);

    // What to write in place of `version`, which nobody has: what is nearest to it of what the
    // sources have, for people; empty where that cannot be told.
    std::string nearest_to(const toolchain::GoVersion& version) noexcept;

    // What the sources have, newest first. Throws as read_catalog does.
    const std::vector<toolchain::GoVersion>& known();

    // Whether a source has what `spec` asks for; nullopt where that cannot be told: no source says
    // what it has, or for an exact release not every one, or what they have was said long ago.
    std::optional<bool> has(const toolchain::VersionSpec& spec);

    // What to throw where none has it: it names the nearest there is. Throws as known() does.
    base::Error unknown(const toolchain::VersionSpec& spec);

private:
    const Settings& settings_;
    std::optional<std::vector<toolchain::GoVersion>> known_;
    bool knows_all_ = false;  // every source said what it has
    bool knows_now_ = false;  // and none of it is old
};

// Throws Error (ExitCode::no_release), naming the nearest there is, where no source has `spec`,
// which is no linked name; nothing where that cannot be told. The network is asked only where the
// kept index does not have it.
void refuse_unknown(const Settings& settings, const toolchain::VersionSpec& spec);

}  // namespace gov::download
