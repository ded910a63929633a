// SPDX-License-Identifier: Apache-2.0
#pragma once
// Entries brought from the shared cache to Go's build cache on this machine, and back.

#include "cache/disk_cache.hpp"
#include "cache/manifest.hpp"
#include "cache/remote.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gov::cache {

// What the shared cache has for `action`, which then is in `disk` as well; nullopt where it has
// nothing that is true, or it cannot be kept here.
std::optional<Entry> fetch(const ActionId& action, Remote& remote, const DiskCache& disk,
                           Health& health) noexcept;

// Puts into the shared cache what `disk` has for `action`, if that is what `entry` says and can
// serve other machines.
void upload(const ActionId& action, const Entry& entry, Remote& remote, const DiskCache& disk,
            Health& health);

// What to say of results that there was no time to put.
std::string unsent_line(const Settings& settings, std::uint64_t count);

// Whether somebody wants all of it, or a build waits for what comes soon.
enum class Patience { all, one_timeout };

// Brings what the manifests of `keys` list and this machine lacks. What went wrong with the shared
// cache, one line; empty where nothing did.
std::string pull(const Settings& settings, std::span<const BuildKey> keys, Patience patience,
                 Statistics& statistics);

// Whether results are put with their manifests, or were already.
enum class Sends { results, manifests };

// Puts what was made or used since `since` for one of `keys`, as far as the shared cache does not
// list it, and the new manifests. What went wrong, as above.
std::string push(const Settings& settings, std::span<const BuildKey> keys,
                 std::chrono::system_clock::time_point since, Sends sends, Patience patience,
                 Statistics& statistics);

}  // namespace gov::cache
