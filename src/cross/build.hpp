// SPDX-License-Identifier: Apache-2.0
#pragma once
// build(): the programs of a plan built at once, each artifact proved before it has its name.

#include "base/error.hpp"
#include "cross/artifact/artifact.hpp"
#include "cross/artifact/finding.hpp"
#include "cross/diagnosis/diagnosis.hpp"
#include "cross/hooks.hpp"
#include "cross/plan.hpp"

#include <cassert>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct BuildOptions {
    std::filesystem::path goroot;
    std::filesystem::path directory;        // where go runs
    std::filesystem::path output = "dist";  // relative to `directory`
    std::filesystem::path kept = {};  // where go's results stay, so that nothing is linked twice
    std::filesystem::path temporary = {};  // for go
    std::size_t jobs = 0;                  // at once; 0: as many as cores and memory allow
    std::chrono::seconds timeout = std::chrono::minutes{10};  // for one artifact
    bool fails_fast = false;  // what has not begun when one fails is not built
    bool universal = false;   // one program for both machines of macOS, beside theirs
    Policy policy = {};
    std::filesystem::path upx = {};  // that packs what was proved; empty: nothing is packed
    std::map<std::string, std::string> cache_variables = {};  // of a shared build cache, for go
    Hooks hooks = {};
    base::Environment hook_environment = {};
    CompilerPlaces compilers = {};
    // Told why something takes minutes.
    std::function<void(std::string)> note = [](const std::string&) {};
    // Told what happens to a step: its index, and a word or two.
    std::function<void(std::size_t, std::string)> tell = [](std::size_t, const std::string&) {};
};

enum class BuildResult {
    proved,   // it stands in the output folder
    failed,   // go did not build it
    refused,  // go built something, but not what was asked for; it is gone
    skipped,  // another failed before it began
};

struct BuildOutcome {
    Target target;
    std::string build;  // its id
    BuildResult result = BuildResult::failed;
    std::string log;                   // what go said, or why there is no artifact
    std::vector<Diagnosis> diagnoses;  // of what go said
    std::filesystem::path log_file;    // with the command and its environment; empty: none
    std::filesystem::path file;  // the artifact's, with `output` in front; empty: none was built
    std::uint64_t size = 0;      // in bytes
    std::string digest;          // SHA-256 in hex, of what stands in the output folder
    std::string packed_from;     // the digest of what was packed; empty: it was not
    CPlan c = {};
    std::optional<Artifact> artifact;              // nullopt: none, or it could not be read
    Findings findings;                             // an error among them: why it was refused
    std::vector<std::string> normalised;           // what was put right after go built it
    std::vector<std::string> unset_variables;      // that were to be set, but are not there
    base::ExitCode code = base::ExitCode::failed;  // where nothing was built

    // Of one that stands.
    const Artifact& proved_artifact() const {
        assert(artifact);
        return *artifact;
    }
};

// The outcome for each step, in their order, then those of universal programs: whatever happens to
// one, the others are built. What was proved stands in `place` under its name. Throws Error where
// nothing can be built, or gov was interrupted (every go process is ended then).
std::vector<BuildOutcome> build(const Plan& plan, const BuildOptions& options,
                                const std::filesystem::path& place);

}  // namespace gov::cross
