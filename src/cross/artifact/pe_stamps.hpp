// SPDX-License-Identifier: Apache-2.0
#pragma once
// clear_time_stamps(): a Windows program without the time at which it was linked.

#include <cstdint>
#include <span>

namespace gov::cross {

// Sets the time stamps of `program`, a PE file that was read before, to 0: those of the header and
// of the debug directory, with the GUID that linkers draw for a PDB file and the check sum of all
// of it. False, with nothing changed, where the header's is 0 already, as Go's linker has it.
bool clear_time_stamps(std::span<std::uint8_t> program);

}  // namespace gov::cross
