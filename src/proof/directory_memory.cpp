// SPDX-License-Identifier: Apache-2.0
#include "proof/directory_memory.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/unique_fd.hpp"
#include "proof/note.hpp"
#include "proof/tile.hpp"

#include <chrono>
#include <exception>

#include <fcntl.h>

namespace gov::proof {

namespace fs = std::filesystem;

namespace {

// Holding the lock takes as long as writing one small file.
constexpr std::chrono::seconds lock_limit{30};

constexpr std::size_t full_tile_size = Tile{0, 0, Tile::full_width}.size();

}  // namespace

bool DirectoryMemory::is_partial_tile(const fs::path& file) {
    return file.parent_path().extension() == ".p";
}

std::string DirectoryMemory::latest() {
    return base::read_file(places_.latest, max_note_size).value_or("");
}

bool DirectoryMemory::replace_latest(std::string_view expected, std::string_view replacement) {
    base::make_private_directory(places_.latest.parent_path());
    const auto lock =
        base::FileLock::wait_for(fs::path{places_.latest} += ".lock", lock_limit, [] {});
    if (latest() != expected) return false;
    base::write_file_atomically(places_.latest, replacement);
    return true;
}

std::optional<std::string> DirectoryMemory::tile(const std::string& path) {
    try {
        return base::read_file(tile_file(path), full_tile_size);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void DirectoryMemory::keep_tile(const std::string& path, std::string_view data) {
    try {
        const fs::path file = tile_file(path);
        base::make_private_directory(file.parent_path());
        // Neither synced nor renamed into place: a tile that is damaged is found out when used.
        const base::UniqueFd fd{
            ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        base::write_all(fd.get(), base::as_bytes(data), file.native());
    } catch (const std::exception&) {
        return;  // a full or read-only disk costs the next run a fetch, no more
    }
}

void DirectoryMemory::drop_tile(const std::string& path) {
    std::error_code ignored;  // a tile that stays is found bad again
    fs::remove(tile_file(path), ignored);
}

std::string DirectoryMemory::keep_evidence(std::string_view evidence) {
    base::make_private_directory(places_.evidence);
    const base::Digest name = base::sha256(base::as_bytes(evidence));
    const fs::path file =
        places_.evidence / ("contradiction-" + base::to_hex(base::Bytes{name}.first(8)) + ".json");
    base::write_file_atomically(file, evidence);
    return file.native();
}

fs::path DirectoryMemory::tile_file(const std::string& path) const {
    return places_.tiles / fs::path{path}.relative_path();
}

}  // namespace gov::proof
