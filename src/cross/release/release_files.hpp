// SPDX-License-Identifier: Apache-2.0
#pragma once
// write_release_files(): all that stands beside the artifacts in the output folder.

#include "cross/build.hpp"
#include "cross/release/artifact_list.hpp"
#include "cross/release/signer.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

enum class Bill { cyclonedx, spdx };
enum class Packing { tar_gz, zip, by_system };  // by_system: zip for Windows, else tar.gz

struct ReleaseOptions {
    std::optional<Packing> packing = {};
    std::vector<Bill> bills = {};
    bool provenance = false;
    std::optional<Signer> signer = {};   // of checksums.txt
    base::Environment environment = {};  // for the signer
    std::string go_version = {};
};

// Writes archives, bills of materials, provenance, metadata.json, checksums.txt, its signature, and
// artifacts.json, the list of all, into `place`, where what was proved stands; nothing where
// nothing was. An archive holds the program under its own name, and what of LICENSE, README and
// CHANGELOG the project has. A build that failed for a target is not signed. Throws Error.
void write_release_files(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                         const BuildOptions& built, const ReleaseOptions& options,
                         const std::filesystem::path& place);

}  // namespace gov::cross
