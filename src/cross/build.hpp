// SPDX-License-Identifier: Apache-2.0
#pragma once
// build(): one program built for several targets at once, each artifact proved before it has its
// name.

#include "base/environment.hpp"
#include "cross/artifact.hpp"
#include "cross/artifact_rules.hpp"
#include "toolchain/go_version.hpp"
#include "toolchain/platform.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct BuildRequest {
    std::filesystem::path goroot;
    toolchain::GoVersion go_version;
    base::Environment environment;    // of build_environment(), without TMPDIR
    std::filesystem::path directory;  // where the user stands
    std::string package = ".";
    std::vector<toolchain::Platform> targets;
    std::filesystem::path output = "dist";            // relative to `directory`
    std::optional<std::string> program_version = {};  // for main.version; nullopt: not injected
};

enum class BuildResult {
    proved,   // it stands in the output folder
    failed,   // go did not build it
    refused,  // go built something, but not what was asked for; it is gone
};

struct BuildOutcome {
    toolchain::Platform target;
    BuildResult result = BuildResult::failed;
    std::string log;             // what go said, or why there is no artifact
    std::filesystem::path file;  // the artifact's, with `output` in front; empty: none was built
    std::uint64_t size = 0;      // in bytes
    std::optional<Artifact> artifact;     // nullopt: none, or it could not be read
    Findings findings;                    // an error among them: why it was refused
    std::vector<std::string> normalised;  // what was put right after go built it
    bool lacks_version_variable = false;  // so that nothing was injected
};

// The outcome for each target, in their order: whatever happens to one, the others are built.
// Throws Error where nothing can be built: the package is no program for any target, the output
// folder cannot be made, or gov was interrupted (every go process is ended then).
std::vector<BuildOutcome> build(const BuildRequest& request);

// "hello-linux-amd64", "hello-windows-386.exe".
std::string artifact_name(std::string_view program, const toolchain::Platform& target);

// The -ldflags of a build that sets `main.version` to `version` if that is there. Throws Error
// (ExitCode::usage) for a version that no quotes of Go's can hold.
std::string linker_flags(const std::optional<std::string>& version);

}  // namespace gov::cross
