// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules that say whether an artifact is fit to be given to others.

#include "cross/artifact/artifact.hpp"
#include "cross/artifact/crt.hpp"
#include "cross/artifact/finding.hpp"
#include "toolchain/go_version.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

// What a project allows; what is empty or not set is not checked.
struct Policy {
    std::string glibc_max = {};               // "2.28"
    std::optional<bool> must_be_static = {};  // no loader and no library of the target system
    bool must_be_musl = false;                // no program of glibc
    std::optional<Crt> crt = {};              // of Windows programs with C code
    std::vector<std::string> dlls = {};       // the only ones that may be imported, in lower case
    std::string macos_max = {};               // "12.0"
    std::uint64_t size_max = 0;               // bytes
    std::string revision = {};                // vcs.revision, or its start
    bool allow_modified = false;              // vcs.modified=true is worth no warning
    std::optional<Subsystem> subsystem = {};  // of Windows programs
    bool no_debug_info = false;
    std::vector<std::string> builder_paths = {};            // what should not stand in the file
    std::map<std::string, Level, std::less<>> levels = {};  // of rules, where not their own
};

// What `policy`, and what every system asks, finds in `artifact`, in the order of the rules; of a
// universal file in each slice. Rules and their levels: "uuid", "dylib", "minimum-os",
// "executable-stack", "glibc", "static", "musl", "dll", "crt", "subsystem", "no-debug-info",
// "revision", "size" error; "modified", "time-stamp", "builder-path" warning; "windows-version",
// "crt" where none was asked for, and "minimum-os" where the header says less than the release
// needs, note. `file` are the artifact's bytes.
Findings check_policy(const Artifact& artifact, Bytes file, const Policy& policy);

// The oldest macOS that programs of the release `version` run on, by the notes of Go 1.17, 1.21,
// 1.23, 1.25 and 1.27.
std::string_view macos_floor(const toolchain::GoVersion& version);

}  // namespace gov::cross
