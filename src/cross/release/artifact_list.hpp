// SPDX-License-Identifier: Apache-2.0
#pragma once
// The files that tell what a build left in the output folder: artifacts.json, checksums.txt and
// metadata.json. None of them depends on when or where it was built.

#include "base/json.hpp"
#include "cross/build.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

inline constexpr const char* checksums_name = "checksums.txt";
inline constexpr const char* metadata_name = "metadata.json";

// Another file of the output folder: "Archive", "Checksum", "Signature", "SBOM", "Provenance",
// "Metadata".
struct ListedFile {
    std::string name;
    std::string type;
    std::string digest = {};  // SHA-256 in hex; empty: not listed with one
    std::string of = {};      // the artifact it belongs to; empty: to all
};

// artifacts.json: goreleaser's members for each artifact, and gov's own under extra.gov.
base::Json artifact_list(const std::vector<BuildOutcome>& outcomes,
                         const std::vector<ListedFile>& others,
                         const std::filesystem::path& output);

// The text of checksums.txt, as sha256sum -c reads it: all that have a digest, by name.
std::string checksums_of(const std::vector<BuildOutcome>& outcomes,
                         const std::vector<ListedFile>& others);

// metadata.json: what was built from what.
base::Json metadata_of(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                       std::string_view go_version);

}  // namespace gov::cross
