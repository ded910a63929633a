// SPDX-License-Identifier: Apache-2.0
#pragma once
// Verifier: the name and the public key that a checksum database signs with.

#include "base/crypto.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gov::proof {

struct Verifier {
    std::string name;  // host[/path], safe as a relative path
    std::uint32_t key_hash;
    std::array<std::uint8_t, 32> public_key;  // Ed25519

    // From "name+hash+key", as golang.org/x/mod/sumdb/note has it. Throws Error (ExitCode::usage):
    // another form, another algorithm, a hash that is not this key's, or a key that anyone can
    // sign with.
    static Verifier parse(std::string_view text);

    bool operator==(const Verifier&) const = default;
};

// The key of Go's public checksum database (cmd/go/internal/modfetch/key.go).
inline constexpr std::string_view sum_golang_org_key =
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

// Whether a signature may stand under `name`: not empty, no white space, no '+'.
bool is_signer_name(std::string_view name);

// The number in the first four bytes, highest first: how notes tell keys apart.
std::uint32_t key_hash_at_start(base::Bytes bytes) noexcept;

}  // namespace gov::proof
