// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the checksum database spells a hash: standard base64 of 32 bytes.

#include "base/crypto.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gov::proof {

std::string to_text(const base::Digest& hash);
// nullopt unless `text` is exactly what to_text() writes for some hash.
std::optional<base::Digest> hash_from_text(std::string_view text);

}  // namespace gov::proof
