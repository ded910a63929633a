// SPDX-License-Identifier: Apache-2.0
#include "proof/hash_text.hpp"

#include "base/base64.hpp"

#include <algorithm>

namespace gov::proof {

std::string to_text(const base::Digest& hash) {
    return base::to_base64(hash);
}

std::optional<base::Digest> hash_from_text(std::string_view text) {
    const auto bytes = base::from_base64(text);
    base::Digest hash;
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::ranges::copy(base::as_bytes(*bytes), hash.begin());
    return hash;
}

}  // namespace gov::proof
