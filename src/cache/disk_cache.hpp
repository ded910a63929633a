// SPDX-License-Identifier: Apache-2.0
#pragma once
// DiskCache: Go's build cache on this machine, in the form that the go command reads and writes
// (cmd/go/internal/cache), so that both may use one folder at the same time.

#include "cache/entry.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cache {

class DiskCache {
public:
    // Nothing is made before something is put.
    explicit DiskCache(std::filesystem::path directory) : directory_{std::move(directory)} {}

    const std::filesystem::path& directory() const noexcept { return directory_; }

    // What `action` gave, if its body is there and of the right size; it then counts as used.
    std::optional<Entry> find(const ActionId& action) const;

    // Where the body of `output` stands, if it is there.
    std::filesystem::path body_file(const base::Digest& output) const;
    bool has_body(const Entry& entry) const;

    // Each is visible whole or not at all. The body is that of entry.output: who calls has seen to
    // it. Throws Error.
    void put(const ActionId& action, const Entry& entry, base::Bytes body) const;
    // The same with the body that is there already.
    void put(const ActionId& action, const Entry& entry) const;

    // The entries that were made or used since `time`, give or take the hour for which the go
    // command does not note a use again.
    std::vector<std::pair<ActionId, Entry>> used_since(std::chrono::system_clock::time_point) const;

    struct Size {
        std::uint64_t entries = 0;
        std::uint64_t bytes = 0;  // of the bodies
    };
    Size size() const;

    // Removes what was not used for five days, at most once a day, as the go command does where it
    // manages the folder itself.
    void trim() const;

private:
    std::filesystem::path file(const base::Digest& id, std::string_view kind) const;
    void write(const std::filesystem::path& path, base::Bytes content) const;

    std::filesystem::path directory_;
};

// The text of an entry's file, and what such a text says; nullopt where it is none of `action`.
std::string entry_text(const ActionId& action, const Entry& entry);
std::optional<Entry> parse_entry(const ActionId& action, std::string_view text);

}  // namespace gov::cache
