// SPDX-License-Identifier: Apache-2.0
#pragma once
// Manifest: the entries that builds of a module for a target used last, so that they can be brought
// all at once, before a go command that knows no GOCACHEPROG begins.

#include "cache/entry.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cache {

using Manifest = std::vector<std::pair<ActionId, Entry>>;

// What a manifest is for.
struct BuildKey {
    std::string go_version;  // "go1.22.6"
    std::string os;
    std::string arch;
    std::string module;  // its path; empty where there is none

    bool operator==(const BuildKey&) const = default;

    // Where the shared cache has it: no action of the go command has that key.
    ActionId id() const;
};

inline constexpr std::size_t largest_manifest = std::size_t{16} << 20U;  // in bytes

// One entry a line: action, output, size, time. The reader gives nullopt for anything else.
std::string write_manifest(const Manifest& manifest);
std::optional<Manifest> read_manifest(std::string_view text);

// Whether the body is Go's index of a folder, which serves no other machine: its action is made of
// the folder's path and of the times of its files (cmd/go/internal/modindex).
bool is_folder_index(std::string_view beginning) noexcept;

// Of a compiled package, which release of Go made it and for which target; nullopt for the other
// things that the go command keeps. `beginning`: of the body, 256 bytes are enough.
struct ObjectHeader {
    std::string_view os;
    std::string_view arch;
    std::string_view go_version;
};
std::optional<ObjectHeader> read_object_header(std::string_view beginning);

}  // namespace gov::cache
