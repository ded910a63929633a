// SPDX-License-Identifier: Apache-2.0
#include "cache/exchange.hpp"

#include "base/file.hpp"
#include "base/format.hpp"
#include "download/url.hpp"

namespace gov::cache {

std::optional<Entry> fetch(const ActionId& action, Remote& remote, const DiskCache& disk,
                           Health& health) noexcept {
    try {
        auto shared = remote.find(action);
        if (!shared) return std::nullopt;
        if (disk.has_body(shared->entry)) {
            disk.put(action, shared->entry);
        } else {
            if (!shared->body) shared->body = remote.body(shared->entry);
            if (!shared->body) return std::nullopt;
            disk.put(action, shared->entry, base::as_bytes(*shared->body));
        }
        health.hit();
        return shared->entry;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void upload(const ActionId& action, const Entry& entry, Remote& remote, const DiskCache& disk,
            Health& health) {
    if (!health.writes() || entry.size > largest_body) return;
    if (entry.size == 0 && remote.find(action))
        return;  // go notes at each build that a linker was silent
    const auto body = base::read_file(disk.body_file(entry.output), largest_body);
    if (!body || body->size() != entry.size || base::sha256(base::as_bytes(*body)) != entry.output)
        return;
    if (is_folder_index(*body)) return;
    remote.store(action, entry, *body);
}

std::string unsent_line(const Settings& settings, std::uint64_t count) {
    return base::format(
        "{} results were not put into the shared cache {} in time; gov cache push does that", count,
        download::shown_url(settings.remote));
}

}  // namespace gov::cache
