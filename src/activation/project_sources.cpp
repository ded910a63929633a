// SPDX-License-Identifier: Apache-2.0
#include "activation/project_sources.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::activation {

std::vector<ProjectSource> project_sources(std::span<const Landmark> landmarks) {
    std::vector<ProjectSource> sources;
    for (const Landmark& landmark : landmarks) {
        if (!landmark.is_pin_file()) continue;
        auto text = project::read_pin_file(landmark.path);
        if (!text) continue;
        project::ProjectFile file = project::parse_project_file(landmark.path, *text);
        const bool inherits = file.inherits;
        sources.push_back({landmark.path, std::move(*text), std::move(file)});
        if (!inherits) return sources;
    }
    if (sources.empty()) return sources;
    throw base::Error{
        base::format("{} has inherit = true, but no directory above has a {}",
                     base::printable(sources.back().path.native()), project::pin_file_name),
        "take the line out, or write the file that it builds on", base::ExitCode::usage};
}

}  // namespace gov::activation
