// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include "base/format.hpp"
#include "proof/hash_text.hpp"

#include <bit>

namespace gov::proof::tests {

namespace {

std::string bytes_of(const base::Digest& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

base::Digest hash_of(const std::string& bytes) {
    return base::sha256(base::as_bytes(bytes));
}

base::Digest hash_of(const base::Digest& left, const base::Digest& right) {
    return hash_of("\x01" + bytes_of(left) + bytes_of(right));
}

std::string record_of(std::int64_t id, bool forked) {
    const std::string version = version_of(id);
    return base::format("{0} {1} {2}\n{0} {1}/go.mod {2}\n", module, version,
                        h1_of(forked ? id + 1'000'000 : id));
}

// "/tile/8/0/x112/757.p/3" with the digits of the number in groups.
Tile parse_tile(std::string_view path) {
    Tile tile{path.at(8) - '0', 0, Tile::full_width};
    if (const auto part = path.find(".p/"); part != std::string_view::npos) {
        tile.width = std::stoi(std::string{path.substr(part + 3)});
        path = path.substr(0, part);
    }
    for (const char letter : path.substr(10))
        if (letter != 'x' && letter != '/') tile.number = 10 * tile.number + (letter - '0');
    return tile;
}

}  // namespace

std::string version_of(std::int64_t id) {
    return base::format("v1.0.{}", id);
}

std::string h1_of(std::int64_t id) {
    return "h1:" + to_text(hash_of(version_of(id)));
}

Log::Log(std::int64_t size, std::int64_t forked_at) {
    for (std::int64_t id = 0; id < size; ++id)
        records_.push_back(record_of(id, forked_at >= 0 && id >= forked_at));
    hash_levels();
}

Log::Log(std::vector<std::string> records) : records_{std::move(records)} {
    hash_levels();
}

void Log::hash_levels() {
    using namespace std::string_literals;
    levels_.emplace_back();
    for (const std::string& record : records_) levels_[0].push_back(hash_of("\0"s + record));
    while (levels_.back().size() > 1) {
        std::vector<base::Digest> level;
        for (std::size_t i = 0; i + 1 < levels_.back().size(); i += 2)
            level.push_back(hash_of(levels_.back()[i], levels_.back()[i + 1]));
        levels_.push_back(std::move(level));
    }
}

base::Digest Log::root_over(std::int64_t begin, std::int64_t end) const {
    const auto count = std::uint64_t(end - begin);
    if (count == 0) return hash_of("");
    if (std::has_single_bit(count)) {  // as in the recursion, but worked out before
        const auto level = std::size_t(std::bit_width(count)) - 1;
        return levels_[level][std::size_t(begin) >> level];
    }
    const std::int64_t middle = begin + std::int64_t(std::bit_floor(count));
    return hash_of(root_over(begin, middle), root_over(middle, end));
}

base::Digest Log::root(std::int64_t size) const {
    return root_over(0, size);
}

std::string Log::head(std::int64_t size, std::string_view more) const {
    return base::format("go.sum database tree\n{}\n{}\n{}", size, to_text(root(size)), more);
}

std::string Log::answer(std::int64_t id, std::int64_t size) const {
    return base::format("{}\n{}\n{}", id, record(id), note(size));
}

std::string Log::tile(const Tile& tile) const {
    std::string data;
    const auto begin = std::size_t(tile.number * Tile::full_width);
    const int level = tile.level * Tile::height;
    for (std::size_t i = 0; i < std::size_t(tile.width); ++i)
        data += bytes_of(levels_[std::size_t(level)][begin + i]);
    return data;
}

const Log& large_log() {
    static const Log log{66'000};
    return log;
}

std::optional<std::string> Server::fetch(const std::string& path) {
    asked.push_back(path);
    const auto found = replaced.find(path);
    return found != replaced.end() ? found->second : genuine(path);
}

std::optional<std::string> Server::genuine(const std::string& path) const {
    const std::string lookup = base::format("/lookup/{}@v1.0.", module);
    if (path.starts_with(lookup)) {
        const std::int64_t id = std::stoll(path.substr(lookup.size()));
        if (id >= size_) return std::nullopt;
        return log_.answer(id, size_);
    }
    if (!path.starts_with("/tile/8/")) return std::nullopt;
    const Tile tile = parse_tile(path);
    const std::int64_t there = (log_.size() >> (8 * tile.level)) - tile.number * Tile::full_width;
    if (there < tile.width) return std::nullopt;
    return log_.tile(tile);
}

}  // namespace gov::proof::tests
