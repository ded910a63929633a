// SPDX-License-Identifier: Apache-2.0
#pragma once
// DirectoryMemory: a Memory in files, which any number of threads and processes may share.

#include "proof/memory.hpp"

#include <filesystem>

namespace gov::proof {

class DirectoryMemory : public Memory {
public:
    // Each place is this database's alone, and is made when first needed.
    struct Places {
        std::filesystem::path tiles;     // directory; may be removed at any time
        std::filesystem::path latest;    // file; its lock stands beside it, with ".lock" appended
        std::filesystem::path evidence;  // directory
    };

    // Whether `file` is a tile that the next one of its kind takes the place of: a partial one, of
    // which each size of the log has others.
    static bool is_partial_tile(const std::filesystem::path& file);

    explicit DirectoryMemory(Places places) : places_{std::move(places)} {}

    std::string latest() override;
    bool replace_latest(std::string_view expected, std::string_view replacement) override;
    std::string latest_place() const override { return places_.latest.native(); }

    std::optional<std::string> tile(const std::string& path) override;
    void keep_tile(const std::string& path, std::string_view data) override;
    void drop_tile(const std::string& path) override;

    std::string keep_evidence(std::string_view evidence) override;

private:
    std::filesystem::path tile_file(const std::string& path) const;

    Places places_;
};

}  // namespace gov::proof
