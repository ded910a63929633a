// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files read and written whole, and the few system calls that make a change durable.

#include "base/crypto.hpp"
#include "base/unique_fd.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gov::base {

// The content of the regular file `path`; nullopt where no such name exists. Never blocks on a
// FIFO. Throws Error: longer than `limit` bytes, no regular file, or not readable.
std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

// A descriptor to read the file `path` with, opened without waiting for a FIFO's other end; nullopt
// where no such name exists. Throws Error.
std::optional<UniqueFd> open_file(const std::filesystem::path& path);

// The content of `fd`, which open_file gave for `path`. Throws Error as read_file above.
std::string read_file(const UniqueFd& fd, const std::filesystem::path& path, std::size_t limit);

// Writes `content` aside, syncs it and renames it over `path`, so that every reader sees the old
// or the new content whole. `mode`: of the file. Makes no directories. Throws Error.
void write_file_atomically(const std::filesystem::path& path, std::string_view content,
                           unsigned mode = 0644);

// The same without syncing: a power cut may leave any content. For what a sync follows
// (sync_file_system), and for what can be told to be damaged and be had again.
void write_file_unsynced(const std::filesystem::path& path, std::string_view content,
                         unsigned mode = 0644);

// Writes all of `data` at the descriptor's position. Throws Error naming `what`.
void write_all(int fd, Bytes data, std::string_view what);

// Makes `path` and its missing parents, each with mode 0700. Throws Error (ExitCode::disk).
void make_private_directory(const std::filesystem::path& path);

// A descriptor of the directory `path`. Throws Error.
UniqueFd open_directory(const std::filesystem::path& path);

// Puts what the file system of `fd` holds in memory on the disk (syncfs). Throws Error.
void sync_file_system(int fd);

// Syncs the names in the directory `path`. Throws Error.
void sync_directory(const std::filesystem::path& path);

// Renames `from` to `to`; false, with nothing changed, where `to` exists. Throws Error.
bool rename_unless_exists(const std::filesystem::path& from, const std::filesystem::path& to);

// Has `one` and `other` change places in one step; false, with nothing changed, where that cannot
// be.
bool exchange_paths(const std::filesystem::path& one, const std::filesystem::path& other);

}  // namespace gov::base
