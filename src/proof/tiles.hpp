// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tiles: brings tiles from the cache and the database. Nothing it hands out is proved.

#include "proof/answers.hpp"
#include "proof/memory.hpp"
#include "proof/tile.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gov::proof {

class Tiles {
public:
    Tiles(Answers& answers, Memory& memory) : answers_{answers}, memory_{memory} {}

    // Brings those of `tiles` that are not here yet, from the database all at once. Throws Error
    // (ExitCode::unreachable) where it cannot be asked; what it has none of, or in the wrong
    // size, matters when it is needed.
    void bring(std::span<const Tile> tiles);

    // For tiles that turned out wrong: drops those that came from the cache and brings them from
    // the database, throwing as bring() does. False where none came from the cache.
    bool bring_again(std::span<const Tile> tiles);

    // As the last bring() left it, or brought now. Throws Error: the database has none
    // (ExitCode::unreachable), or one of another size (ExitCode::verification).
    TileHashes get(const Tile& tile);

    // Puts a tile that was proved into the cache.
    void keep(const Tile& tile);

private:
    struct Held {
        Tile asked_for;  // the tile, or the full one where the partial one is gone
        std::optional<std::string> data;
        bool from_cache;
    };

    bool take_from_cache(const Tile& tile);
    void fetch(std::span<const Tile> tiles);
    std::string_view data_of(const Tile& tile) const;

    Answers& answers_;
    Memory& memory_;
    std::map<Tile, Held> held_;
};

}  // namespace gov::proof
