// SPDX-License-Identifier: Apache-2.0
#pragma once
// CodeSignature: the signature in a Mach-O file, with every page it covers hashed again.

#include "cross/artifact/byte_reader.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace gov::cross {

struct CodeSignature {
    bool ad_hoc = false;  // no certificate stands behind it
    std::string identifier;
    // Why macOS would refuse it ("page 3 at offset 0x3000 has another hash"); empty: every byte
    // before the signature is covered, and every page hash agrees.
    std::string problem;
};

// Checks the signature that stands in the `size` bytes at `offset` of `program` (one Mach-O file,
// or one slice of a universal one) up to its last page. Throws Error where it is damaged beyond
// checking. Format: xnu's osfmt/kern/cs_blobs.h.
CodeSignature check_code_signature(const ByteReader& program, std::uint64_t offset,
                                   std::uint64_t size);

// Brings the hashes of the pages that hold the first `count` bytes of `program` up to date. False,
// with nothing changed, where the signature is more than one ad-hoc directory of SHA-256 hashes.
// Throws Error as check_code_signature does.
bool rehash_start(std::span<std::uint8_t> program, std::uint64_t offset, std::uint64_t size,
                  std::uint64_t count);

}  // namespace gov::cross
