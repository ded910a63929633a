// SPDX-License-Identifier: Apache-2.0
#pragma once
// Config: what the user has set in config.toml, for all projects.

#include "project/source_kind.hpp"

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

struct Config {
    struct Mirror {
        std::string url;    // as it was written
        std::string place;  // "path:line:column" of it, for messages
    };
    enum class Verify { log, index };
    // Which files, besides .gotoolchain.toml, may choose a version.
    struct Pins {
        bool go_version = true;     // .go-version
        bool tool_versions = true;  // .tool-versions
        bool go_mod = true;         // go.mod and go.work
    };

    // The shared build cache: Go's build results of other machines.
    struct Cache {
        std::string remote;               // its base URL; empty: not set
        std::string place;                // "path:line:column" of it, for messages
        std::string mode;                 // "read-write", "read-only" or "off"; empty: not set
        std::string token_file;           // absolute; empty: none
        std::chrono::seconds timeout{5};  // for one answer
        bool insecure_http = false;       // http to other machines, credentials included
    };

    std::vector<Mirror> mirrors;      // to ask before GOV_MIRROR, in this order
    std::vector<SourceKind> sources;  // empty: not set
    Verify verify = Verify::log;
    bool auto_install = false;  // at the first `go` where the pinned release is missing
    bool export_goroot = true;  // the hook sets GOROOT, beside PATH
    Pins pins;
    Cache cache;
};

// What [cache] and a project's [cross.cache] may have as "mode".
inline constexpr std::array<std::string_view, 3> cache_modes{"read-write", "read-only", "off"};

inline constexpr std::string_view config_file_name = "config.toml";

// What config.toml in the directory `places_config` ($XDG_CONFIG_HOME/gov) says, the defaults where
// there is none: one open() then. Throws Error: ExitCode::usage "path:line:column: what is wrong"
// for a file that makes no sense or is no regular file of at most 64 KiB, ExitCode::not_trusted for
// one that others can have written.
Config read_config(const std::filesystem::path& places_config);

// The config that `text` of the file `path` says. Throws Error (ExitCode::usage) as above.
Config parse_config(const std::filesystem::path& path, std::string_view text);

}  // namespace gov::project
