// SPDX-License-Identifier: Apache-2.0
#pragma once
// A checksum database of the tests' own: its log, what it answers, and a memory to ask it with.

#include "proof/answers.hpp"
#include "proof/memory.hpp"
#include "proof/tile.hpp"
#include "signer.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gov::proof::tests {

inline constexpr std::string_view module = "example.test/m";

std::string version_of(std::int64_t id);  // "v1.0.<id>"
std::string h1_of(std::int64_t id);

// Record number i is about version_of(i). Logs of different size are prefixes of each other;
// `forked_at` gives the records from there on another h1.
class Log {
public:
    explicit Log(std::int64_t size, std::int64_t forked_at = -1);
    // A log of these texts.
    explicit Log(std::vector<std::string> records);

    std::int64_t size() const { return static_cast<std::int64_t>(records_.size()); }
    const std::string& record(std::int64_t id) const { return records_[std::size_t(id)]; }
    // By the recursive definition of RFC 6962 section 2.1.
    base::Digest root(std::int64_t size) const;
    // The text of a tree head, with more lines if asked.
    std::string head(std::int64_t size, std::string_view more = "") const;
    std::string note(std::int64_t size) const { return signer.note(head(size)); }
    std::string answer(std::int64_t id, std::int64_t size) const;
    std::string tile(const Tile& tile) const;

    Signer signer;

private:
    void hash_levels();
    base::Digest root_over(std::int64_t begin, std::int64_t end) const;

    std::vector<std::string> records_;
    std::vector<std::vector<base::Digest>> levels_;
};

// The log that tests of large trees share: enough for three levels of tiles.
const Log& large_log();

// Serves a log at one size, and counts. What `replaced` has for a path comes instead.
class Server : public Answers {
public:
    Server(const Log& log, std::int64_t size) : log_{log}, size_{size} {}

    std::optional<std::string> fetch(const std::string& path) override;
    std::vector<std::optional<std::string>> fetch_all(std::span<const std::string> paths) override {
        ++batches;
        return Answers::fetch_all(paths);
    }

    std::map<std::string, std::optional<std::string>> replaced;
    std::vector<std::string> asked;
    int batches = 0;

private:
    std::optional<std::string> genuine(const std::string& path) const;

    const Log& log_;
    std::int64_t size_;
};

class MemoryInRam : public Memory {
public:
    std::string latest() override { return note; }
    bool replace_latest(std::string_view expected, std::string_view replacement) override {
        if (before_replacing) std::exchange(before_replacing, {})();
        if (note != expected) return false;
        note = replacement;
        return true;
    }
    std::string latest_place() const override { return "memory"; }
    std::optional<std::string> tile(const std::string& path) override {
        const auto found = tiles.find(path);
        if (found == tiles.end()) return std::nullopt;
        return found->second;
    }
    void keep_tile(const std::string& path, std::string_view data) override {
        ++kept;
        tiles[path] = data;
    }
    void drop_tile(const std::string& path) override { tiles.erase(path); }
    std::string keep_evidence(std::string_view text) override {
        evidence = text;
        return "memory";
    }

    std::string note;
    std::map<std::string, std::string> tiles;
    int kept = 0;
    std::string evidence;
    std::function<void()> before_replacing;
};

}  // namespace gov::proof::tests
