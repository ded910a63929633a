// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings: where the shared build cache is, and what may go there.

#include "base/environment.hpp"
#include "cache/project_wish.hpp"
#include "download/access.hpp"
#include "store/places.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace gov::cache {

enum class Mode { off, read_only, read_write };

struct Settings {
    Mode mode = Mode::off;           // off: also where there is no `remote`
    std::string remote = {};         // its base URL, without a slash at the end
    bool is_of_project = false;      // a project named it, and not the user
    std::string authorization = {};  // the header for it; empty: what netrc has
    download::Access access = {};
    std::chrono::seconds timeout{5};    // for one answer; a second more for each MiB of it
    bool heeds_rest = true;             // that another run found to be due, see Health
    std::filesystem::path folder = {};  // of what gov itself keeps about shared caches
    std::filesystem::path local = {};   // Go's build cache that is used with this remote

    bool reads() const noexcept { return mode != Mode::off; }
    bool writes() const noexcept { return mode == Mode::read_write; }

    // What holds for a build whose own build cache is `local`. GOV_CACHE_REMOTE, GOV_CACHE_MODE and
    // GOV_CACHE_TOKEN_FILE go before the user's config.toml, and that before the project: the
    // project's remote counts where the user has none, and its mode can only take away. The token
    // is for the user's remote alone. A project's remote gets a build cache of its own on this
    // machine, so that what it gives stays out of other projects. Throws Error: ExitCode::usage for
    // what makes no sense, ExitCode::not_trusted for a token that others can read or write.
    static Settings of(const base::Environment& environment, const store::Places& places,
                       const std::filesystem::path& local, const ProjectWish& project = {});
};

// "read-write", "read-only" or "off".
std::string_view name_of(Mode mode) noexcept;

}  // namespace gov::cache
