// SPDX-License-Identifier: Apache-2.0
#pragma once
// The names that a member of a Go release may have.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gov::download {

// Throws Error (ExitCode::verification) unless `name`, a path below the release's top directory,
// is relative, '/'-separated valid UTF-8 without control characters, has no empty, "." or ".."
// component and none that Windows could not have (x/mod/module.CheckFilePath).
void check_member_name(std::string_view name);

// Sees that no two names of one tree clash: the same name, names that differ only in the case of
// ASCII letters, or a name that is both a file and a directory.
class NameSet {
public:
    // Throws Error (ExitCode::verification) for a clash with a name added before.
    void add_file(std::string_view name);

    // Every directory above the added files, each after its own parent.
    const std::vector<std::string>& directories() const noexcept { return directories_; }

private:
    void add_parents(std::string_view name);

    struct Entry {
        std::string name;
        bool is_directory;
    };
    std::unordered_map<std::string, Entry> by_folded_;
    std::vector<std::string> directories_;
    std::string last_parent_;  // archives have the files of a directory together
};

}  // namespace gov::download
