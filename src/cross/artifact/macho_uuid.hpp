// SPDX-License-Identifier: Apache-2.0
#pragma once
// insert_uuid(): the load command that dyld of macOS 26 asks for.

#include <cstdint>
#include <span>

namespace gov::cross {

// Gives `program`, a Mach-O file of 64 bits without LC_UUID, that command, computed from its
// content as Go's linker does since Go 1.24 (cmd/link/internal/ld/macho_update_uuid.go), and
// its ad-hoc signature the hashes of what changed. False, with nothing changed, where the load
// commands have no room for it or the signature is more than an ad-hoc one. `program` was read
// before, so that its commands are sound.
bool insert_uuid(std::span<std::uint8_t> program);

}  // namespace gov::cross
