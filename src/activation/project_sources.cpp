// SPDX-License-Identifier: Apache-2.0
#include "activation/project_sources.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::activation {

std::vector<ProjectSource> project_sources(Sight& sight) {
    std::vector<ProjectSource> sources;
    for (const Landmark& landmark : sight.landmarks()) {
        const auto* read = landmark.is_pin_file() ? sight.project_file(landmark.path) : nullptr;
        if (read == nullptr) continue;
        sources.push_back({landmark.path, read->text, read->file});
        if (!read->file.inherits) return sources;
    }
    if (sources.empty()) return sources;
    throw base::Error{
        base::format("{} has inherit = true, but no directory above has a {}",
                     base::printable(sources.back().path.native()), project::pin_file_name),
        "take the line out, or write the file that it builds on", base::ExitCode::usage};
}

}  // namespace gov::activation
