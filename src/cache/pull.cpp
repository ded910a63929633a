// SPDX-License-Identifier: Apache-2.0
#include "cache/crew.hpp"
#include "cache/exchange.hpp"
#include "cache/listing.hpp"

#include <memory>

namespace gov::cache {

namespace {

constexpr std::size_t most_readers = 16;

class Pull {
public:
    Pull(const Settings& settings, Patience patience, Statistics& statistics)
        : disk_{settings.local},
          patience_{patience},
          statistics_{statistics},
          health_{settings},
          readers_{most_readers, settings, health_, statistics} {}

    std::string run(std::span<const BuildKey> keys) {
        for (const BuildKey& key : keys)
            add([this, key](Remote& remote) { take_listing(key, remote); });
        readers_.wait();
        return health_.trouble();
    }

private:
    // As a build waits for it, each job counts as a wait.
    template <class Work>
    void add(Work work) {
        auto waiting = patience_ == Patience::one_timeout
                           ? std::make_unique<Health::Waiting>(health_)
                           : nullptr;
        readers_.add([work = std::move(work), waiting = std::move(waiting)](Remote& remote) {
            work(remote);
        });
    }

    void take_listing(const BuildKey& key, Remote& remote) {
        for (const auto& [action, entry] : listing_of(key, remote)) {
            ++statistics_.gets;
            if (disk_.find(action)) {
                ++statistics_.local_hits;
                continue;
            }
            add([this, action = action, entry = entry](Remote& other) {
                bring(action, entry, other);
            });
        }
    }

    void bring(const ActionId& action, const Entry& entry, Remote& remote) {
        if (entry.size > largest_inline_body && !disk_.has_body(entry)) {
            const auto body = remote.body(entry);
            if (!body) return;
            disk_.put(action, entry, base::as_bytes(*body));
            health_.hit();
        } else if (!fetch(action, remote, disk_, health_)) {
            return;
        }
        ++statistics_.remote_hits;
    }

    const DiskCache disk_;
    const Patience patience_;
    Statistics& statistics_;
    Health health_;
    Crew readers_;  // last, so that its threads end first
};

}  // namespace

Manifest listing_of(const BuildKey& key, Remote& remote) {
    const auto shared = remote.find(key.id());
    if (!shared || shared->entry.size > largest_manifest) return {};
    const auto text = shared->body ? shared->body : remote.body(shared->entry);
    auto manifest = text ? read_manifest(*text) : std::nullopt;
    return manifest ? std::move(*manifest) : Manifest{};
}

std::string pull(const Settings& settings, std::span<const BuildKey> keys, Patience patience,
                 Statistics& statistics) {
    return Pull{settings, patience, statistics}.run(keys);
}

}  // namespace gov::cache
