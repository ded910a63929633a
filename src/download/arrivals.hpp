// SPDX-License-Identifier: Apache-2.0
#pragma once
// Arrivals: told of a file while it is downloaded.

#include <cstdint>

namespace gov::download {

// Called by one thread at a time, though not always the same one.
class Arrivals {
public:
    virtual ~Arrivals() = default;

    // What has arrived so far is void, and the file is about to be cut to nothing: another source
    // is asked, or the file has changed there.
    virtual void restarts() = 0;

    // The first `bytes` of the file are there and stay as they are; `bytes` only grows between two
    // restarts. An earlier run's part is told of first.
    virtual void contiguous(std::uint64_t bytes) = 0;

    // Beside those, the bytes from `begin` on are there, which are the last ones of the file.
    virtual void ending(std::uint64_t begin) { static_cast<void>(begin); }

    // For people: `received` bytes are there in all, of `total` (0 where that is not known).
    virtual void progress(std::uint64_t received, std::uint64_t total) = 0;
};

}  // namespace gov::download
