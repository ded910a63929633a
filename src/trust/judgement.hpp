// SPDX-License-Identifier: Apache-2.0
#pragma once
// judge(): whether a project's file may do what it asks for.

#include "project/project_file.hpp"
#include "store/places.hpp"
#include "trust/claim.hpp"
#include "trust/records.hpp"
#include "trust/watch.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::trust {

enum class Standing {
    needless,   // it asks for nothing that needs trust
    allowed,    // these very bytes were allowed
    inherited,  // they were allowed in the main worktree of this git repository
    unknown,    // nothing was said about it
    changed,    // other bytes were allowed
    denied,     // it was denied
    foreign,    // others could change it, and it was not allowed in spite of that
};

struct Judgement {
    Standing standing = Standing::unknown;
    std::string reason;  // for foreign: whose hand it is
    Claim claim;         // of what is trusted all files; else at least the path

    bool is_trusted() const noexcept {
        return standing == Standing::needless || standing == Standing::allowed ||
               standing == Standing::inherited;
    }
};

// Judges the project's file `path` with the content `text`, which says `file`. The files of an
// untrusted project are not opened. Calls `watch` with each file, there or not, that the answer
// depends on beside `path`, before it is read. Throws Error where a record or a .env file cannot be
// read.
Judgement judge(const store::Places& places, const std::filesystem::path& path,
                const std::string& text, const project::ProjectFile& file, const Watch& watch);

// As judge, for what nothing in the file itself shows to need trust: never needless.
Judgement judge_strictly(const store::Places& places, const std::filesystem::path& path,
                         const std::string& text, const project::ProjectFile& file,
                         const Watch& watch);

// "allowed", "inherited", … as listings have it.
std::string_view name_of(Standing standing);

}  // namespace gov::trust
