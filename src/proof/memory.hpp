// SPDX-License-Identifier: Apache-2.0
#pragma once
// Memory: what is remembered of a checksum database from one run to the next.

#include <optional>
#include <string>
#include <string_view>

namespace gov::proof {

class Memory {
public:
    Memory() = default;
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    virtual ~Memory() = default;

    // The signed note of the largest tree head seen; empty before the first. Throws Error.
    virtual std::string latest() = 0;
    // Puts `replacement` in the place of `expected`; false, with nothing changed, where latest()
    // is something else by now. Throws Error.
    virtual bool replace_latest(std::string_view expected, std::string_view replacement) = 0;
    // What someone who wants to look at latest() should look at.
    virtual std::string latest_place() const = 0;

    // A cache of tiles by their Tile::path(). Nothing in it is trusted, so nothing here throws:
    // what cannot be read is absent, what cannot be kept is fetched again.
    virtual std::optional<std::string> tile(const std::string& path) = 0;
    virtual void keep_tile(const std::string& path, std::string_view data) = 0;
    virtual void drop_tile(const std::string& path) = 0;

    // Keeps the proof that the log contradicts itself, for good; returns where. Throws Error.
    virtual std::string keep_evidence(std::string_view evidence) = 0;
};

}  // namespace gov::proof
