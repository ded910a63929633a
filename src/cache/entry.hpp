// SPDX-License-Identifier: Apache-2.0
#pragma once
// Entry: what an action of the go command left in the build cache.

#include "base/crypto.hpp"

#include <cstdint>

namespace gov::cache {

// The key: go's hash of everything that an action depends on.
using ActionId = base::Digest;

struct Entry {
    base::Digest output;     // SHA-256 of the body
    std::uint64_t size = 0;  // of the body, in bytes
    std::int64_t time = 0;   // when it was made: nanoseconds since 1970, UTC

    bool operator==(const Entry&) const = default;
};

// A body that is larger is not shared: it is dearer to bring than to build.
inline constexpr std::uint64_t largest_body = std::uint64_t{512} << 20U;

// The present time as entries have it.
std::int64_t now_in_nanoseconds();

}  // namespace gov::cache
