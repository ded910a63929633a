// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where two artifacts differ: region by region, and in what they say of themselves.

#include "base/json.hpp"
#include "cross/artifact/artifact.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

// A region that is not the same in both; a size of nullopt: it is not there.
struct RegionDifference {
    std::string name;
    std::optional<std::uint64_t> left_size;
    std::optional<std::uint64_t> right_size;
    std::uint64_t left_offset = 0;  // in the file, of the first byte that differs
    std::uint64_t right_offset = 0;
    std::uint64_t bytes = 0;  // how many differ; those that only one of them has count
};

// A fact of `gov cross inspect --json`, by its path ("build_info.settings.GOOS"); empty: not there.
struct FactDifference {
    std::string name;
    std::string left;
    std::string right;
};

struct ArtifactDiff {
    std::vector<RegionDifference> regions;
    std::vector<FactDifference> facts;

    bool is_empty() const noexcept { return regions.empty() && facts.empty(); }
};

struct DiffSide {
    Bytes file;
    const Artifact& artifact;
};

// Every byte of both files is compared: what no header names is "headers" at the start, else
// "after NAME". Regions are matched by name, and those of one name by their order.
ArtifactDiff diff(const DiffSide& left, const DiffSide& right);

// The regions of the artifact, of all slices, with those between them, sorted and without gaps.
std::vector<Region> all_regions(Bytes file, const Artifact& artifact);

std::string to_text(const ArtifactDiff& diff);
base::Json to_json(const ArtifactDiff& diff);

}  // namespace gov::cross
