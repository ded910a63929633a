// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"
#include "cache/crew.hpp"
#include "cache/exchange.hpp"
#include "cache/listing.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fcntl.h>
#include <unistd.h>

namespace gov::cache {

namespace {

constexpr std::size_t most_writers = 8;
constexpr std::uint64_t large = 64 * 1024;            // worth asking before it is sent
constexpr std::uint64_t largest_other = 1024 * 1024;  // of what is no compiled package

// The beginning of a body, as far as read_object_header wants it.
std::string beginning_of(const std::filesystem::path& file) {
    std::array<char, 256> text;
    const base::UniqueFd fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    const ssize_t length = fd ? ::read(fd.get(), text.data(), text.size()) : 0;
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

class Push {
public:
    Push(const Settings& settings, Sends sends, Patience patience, Statistics& statistics)
        : settings_{settings},
          disk_{settings.local},
          sends_{sends},
          patience_{patience},
          statistics_{statistics},
          health_{settings},
          remote_{settings, health_, statistics},
          writers_{most_writers, settings, health_, statistics} {}

    std::string run(std::span<const BuildKey> keys, std::chrono::system_clock::time_point since) {
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        const Manifest used = disk_.used_since(since);
        since_ =
            std::chrono::duration_cast<std::chrono::nanoseconds>(since.time_since_epoch()).count();
        for (const BuildKey& key : keys) list(key, used);
        for (const auto& [action, entry] : fresh_)
            writers_.add([this, action = action, entry = entry](Remote& remote) {
                send(action, entry, remote);
            });
        wait(deadline);
        const bool is_whole = health_.writes() && statistics_.unsent == 0;
        for (const auto& [id, text] : manifests_) {
            if (!is_whole) break;  // it would list what is not there
            remote_.store(
                id, {base::sha256(base::as_bytes(text)), text.size(), now_in_nanoseconds()}, text);
        }
        std::string trouble = health_.trouble();
        health_.stop_writing();
        if (trouble.empty() && statistics_.unsent != 0)
            trouble = unsent_line(settings_, statistics_.unsent);
        return trouble;
    }

private:
    // Notes what of `used` belongs to `key`, and what of that the shared cache does not list.
    void list(const BuildKey& key, const Manifest& used) {
        const Manifest listed = listing_of(key, remote_);
        const std::map<ActionId, Entry> known{listed.begin(), listed.end()};
        Manifest manifest;
        bool is_new = false;
        for (const auto& [action, entry] : used) {
            if (!belongs(key, entry)) continue;
            manifest.emplace_back(action, entry);
            // What is listed and was made again all the same was not there any more.
            const auto found = known.find(action);
            const bool is_made_again =
                entry.time >= since_ && found != known.end() && found->second.time != entry.time;
            if (found != known.end() && !is_made_again) continue;
            if (sends_ == Sends::results) fresh_.emplace(action, entry);
            // What the linker said, which is nothing, is noted at each build.
            is_new = is_new || !is_made_again || entry.size != 0;
        }
        if (is_new) manifests_.emplace_back(key.id(), write_manifest(manifest));
    }

    // A compiled package names its release and target. All other things are small, or no concern of
    // other machines.
    bool belongs(const BuildKey& key, const Entry& entry) const {
        const std::string beginning = beginning_of(disk_.body_file(entry.output));
        if (is_folder_index(beginning)) return false;
        const auto header = read_object_header(beginning);
        if (!header) return entry.size <= largest_other;
        return header->os == key.os && header->arch == key.arch &&
               header->go_version == key.go_version;
    }

    void send(const ActionId& action, const Entry& entry, Remote& remote) {
        if (entry.size > large) {
            const auto there = remote.find(action);
            if (there && there->entry.output == entry.output) return;
        }
        upload(action, entry, remote, disk_, health_);
    }

    void wait(std::chrono::steady_clock::time_point deadline) {
        if (patience_ == Patience::all)
            writers_.wait();
        else
            statistics_.unsent += health_.writes() ? writers_.wait_until(deadline) : 0;
    }

    const Settings& settings_;
    const DiskCache disk_;
    const Sends sends_;
    const Patience patience_;
    Statistics& statistics_;
    Health health_;
    Remote remote_;
    std::int64_t since_ = 0;
    std::map<ActionId, Entry> fresh_;
    std::vector<std::pair<ActionId, std::string>> manifests_;
    Crew writers_;  // last, so that its threads end first
};

}  // namespace

std::string push(const Settings& settings, std::span<const BuildKey> keys,
                 std::chrono::system_clock::time_point since, Sends sends, Patience patience,
                 Statistics& statistics) {
    return Push{settings, sends, patience, statistics}.run(keys, since);
}

}  // namespace gov::cache
