// SPDX-License-Identifier: Apache-2.0
#include "proof/tiles.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "proof/refuse.hpp"

#include <cassert>
#include <cstring>

namespace gov::proof {

void Tiles::bring(std::span<const Tile> tiles) {
    std::vector<Tile> missing;
    for (const Tile& tile : tiles)
        if (!held_.contains(tile) && !take_from_cache(tile)) missing.push_back(tile);
    fetch(missing);
}

bool Tiles::bring_again(std::span<const Tile> tiles) {
    std::vector<Tile> dropped;
    for (const Tile& tile : tiles) {
        if (!held_.at(tile).from_cache) continue;
        memory_.drop_tile(tile.path());
        dropped.push_back(tile);
    }
    fetch(dropped);
    return !dropped.empty();
}

TileHashes Tiles::get(const Tile& tile) {
    bring({&tile, 1});
    const std::string_view data = data_of(tile);
    TileHashes hashes(static_cast<std::size_t>(tile.width));
    std::memcpy(hashes.data(), data.data(), data.size());
    return hashes;
}

void Tiles::keep(const Tile& tile) {
    if (!held_.at(tile).from_cache) memory_.keep_tile(tile.path(), data_of(tile));
}

bool Tiles::take_from_cache(const Tile& tile) {
    auto data = memory_.tile(tile.path());
    if (!data) return false;
    if (data->size() != tile.size()) {
        memory_.drop_tile(tile.path());
        return false;
    }
    held_.insert_or_assign(tile, Held{tile, std::move(data), true});
    return true;
}

void Tiles::fetch(std::span<const Tile> tiles) {
    if (tiles.empty()) return;
    std::vector<std::string> paths;
    for (const Tile& tile : tiles) paths.push_back(tile.path());
    auto bodies = answers_.fetch_all(paths);
    assert(bodies.size() == paths.size());
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        Held held{tiles[i], std::move(bodies[i]), false};
        // A partial tile that is gone was completed since; the full one starts with it.
        if (!held.data && !held.asked_for.is_full()) {
            held.asked_for = held.asked_for.full();
            held.data = answers_.fetch(held.asked_for.path());
        }
        held_.insert_or_assign(tiles[i], std::move(held));
    }
}

std::string_view Tiles::data_of(const Tile& tile) const {
    const Held& held = held_.at(tile);
    if (!held.data)
        throw base::Error{base::format("{}: the database has no such tile, though its log needs it",
                                       held.asked_for.path()),
                          {},
                          base::ExitCode::unreachable};
    if (held.data->size() != held.asked_for.size())
        refuse(base::format("{}: {} bytes were expected, {} came", held.asked_for.path(),
                            held.asked_for.size(), held.data->size()));
    return std::string_view{*held.data}.substr(0, tile.size());
}

}  // namespace gov::proof
