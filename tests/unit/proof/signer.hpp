// SPDX-License-Identifier: Apache-2.0
#pragma once
// Signer: a database's private key, to sign notes in tests.

#include "base/crypto.hpp"
#include "proof/verifier.hpp"

#include <string>
#include <string_view>

namespace gov::proof::tests {

class Signer {
public:
    explicit Signer(std::string name = "log.localhost", std::string_view seed = "gov tests");

    const std::string& name() const { return name_; }
    // "name+hash+key".
    std::string key() const;
    Verifier verifier() const { return Verifier::parse(key()); }

    std::string sign(std::string_view text) const;  // 64 bytes
    std::string key_hash() const;                   // 4 bytes
    std::string line(std::string_view text) const;  // "— name base64\n"
    std::string note(std::string_view text) const;  // text, blank line, line
    base::Digest seed() const { return seed_; }
    std::string public_key() const;  // 32 bytes

private:
    std::string name_;
    base::Digest seed_;
};

// A signature line of any content.
std::string signature_line(std::string_view name, std::string_view key_hash,
                           std::string_view signature);

}  // namespace gov::proof::tests
