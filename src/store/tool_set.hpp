// SPDX-License-Identifier: Apache-2.0
#pragma once
// ToolSet: the programs of a project's [tools], built with one toolchain, in a directory of their
// own.

#include "project/tools_table.hpp"
#include "store/places.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::store {

// The set lies at $GOV_HOME/tools/PROJECT/TOOLCHAIN-HASH. It is there only when it is whole, and is
// never changed: other tools, versions or toolchains are another set.
class ToolSet {
public:
    // The set that the project's file `project`, by the name that consent to it goes by, wants of
    // the toolchain in `goroot`.
    ToolSet(const Places& places, const std::filesystem::path& project,
            const std::filesystem::path& goroot, std::span<const project::Tool> tools);

    const std::filesystem::path& directory() const noexcept { return directory_; }
    // What goes on PATH.
    std::filesystem::path bin() const { return directory_ / "bin"; }
    // Where all sets of the project are.
    std::filesystem::path of_project() const { return directory_.parent_path(); }
    // A link in there to the set that was built last: a path that stays.
    std::filesystem::path current() const { return of_project() / "current"; }
    // The lock of those who build for the project.
    std::filesystem::path lock_file() const { return lock_file_in(of_project()); }
    // The file that says what is in the directory, and its text.
    std::filesystem::path manifest_file() const { return directory_ / "manifest"; }
    const std::string& manifest() const noexcept { return manifest_; }

    // Whether it is there: one file is read. Throws Error where that cannot be.
    bool is_built() const;

    // The program of `tool`, as another set of this project has it of the same toolchain; empty
    // where none does.
    std::filesystem::path find_built(const project::Tool& tool) const;

    static std::filesystem::path lock_file_in(const std::filesystem::path& of_project) {
        return of_project / ".lock";
    }

private:
    std::filesystem::path directory_;
    std::string manifest_;
    std::string goroot_;
};

// Has the link current() lead to `set`, which is built. Throws Error.
void make_current(const ToolSet& set);

// Deletes all but the newest of the project's sets, and what a killed gov left beside them. The
// caller holds the project's lock; `keep` stays.
void remove_old_sets(const ToolSet& keep) noexcept;

// The sets that nothing can use any more, since their project's file or their toolchain is gone,
// and what killed govs left beside sets.
std::vector<std::filesystem::path> stray_sets(const Places& places);

}  // namespace gov::store
