// SPDX-License-Identifier: Apache-2.0
#pragma once
// SharedCache: what the shared build cache does for one cross build.

#include "base/environment.hpp"
#include "cache/manifest.hpp"
#include "cache/settings.hpp"
#include "cache/statistics.hpp"
#include "cross/plan.hpp"
#include "toolchain/go_version.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gov::cross {

// The module that a directory is in, as its go.mod calls it; empty where there is none.
std::string module_of(const std::filesystem::path& directory);

// What builds of this module used last is brought before go starts. A go command from 1.24 on asks
// for the rest by itself, through `gov cache helper`; what an older one made is taken afterwards.
class SharedCache {
public:
    struct Here {
        std::string program;              // gov's own path
        base::Environment environment;    // the user's
        std::filesystem::path temporary;  // for what the children find
        toolchain::GoVersion go_version;
        std::string module;
    };

    SharedCache(cache::Settings settings, Here here);

    // What the go commands that build get beside their own environment; empty where there is no
    // shared cache.
    std::map<std::string, std::string> variables() const;

    // To be called before the first go command, and after the last. Each is over within a time-out
    // if the shared cache is of no use.
    void begin(const std::vector<Step>& steps);
    void end();

    // One line about what went wrong with it; empty where nothing did. After end().
    const std::string& trouble() const noexcept { return trouble_; }

private:
    bool is_used() const noexcept { return settings_.reads(); }
    bool is_asked_by_go() const;
    std::filesystem::path report() const { return here_.temporary / "cache.jsonl"; }
    void note(std::string trouble);

    const cache::Settings settings_;
    const Here here_;
    std::vector<cache::BuildKey> keys_;
    std::chrono::system_clock::time_point began_;
    cache::Statistics statistics_;
    std::string trouble_;
};

}  // namespace gov::cross
