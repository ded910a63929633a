// SPDX-License-Identifier: Apache-2.0
#pragma once
// write_universal(): one Mach-O file for several machines.

#include <filesystem>
#include <vector>

namespace gov::cross {

// Writes the universal (fat) file `destination` of the programs at `paths`, for amd64 and arm64, as
// `lipo -create` does. Throws Error: one is something else, or two are for one machine.
void write_universal(const std::vector<std::filesystem::path>& paths,
                     const std::filesystem::path& destination);

}  // namespace gov::cross
