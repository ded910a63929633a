// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sight: what a directory has in sight, looked at once: the landmarks, and what the project's files
// among them say.

#include "activation/landmark.hpp"
#include "project/project_file.hpp"

#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

class Sight {
public:
    // A project's file with the bytes that it was parsed from.
    struct ProjectFile {
        std::string path;
        std::string text;
        project::ProjectFile file;
    };

    explicit Sight(std::string_view directory) : around_{surroundings_of(directory)} {}

    std::span<const Landmark> landmarks() const noexcept { return around_.landmarks; }
    std::span<const DeadLink> dead_links() const noexcept { return around_.dead_links; }

    // The project's file `path`; null where it is not there. It is read at the first question, so
    // that the bytes which choose a version are those which are judged and set variables. Throws
    // Error (ExitCode::usage) as read_pin_file and parse_project_file do, each time.
    const ProjectFile* project_file(const std::string& path);

private:
    Surroundings around_;
    std::list<ProjectFile> files_;
};

}  // namespace gov::activation
