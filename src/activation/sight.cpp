// SPDX-License-Identifier: Apache-2.0
#include "activation/sight.hpp"

#include <algorithm>

namespace gov::activation {

const Sight::ProjectFile* Sight::project_file(const std::string& path) {
    const auto known = std::ranges::find(files_, path, &ProjectFile::path);
    if (known != files_.end()) return &*known;
    auto text = project::read_pin_file(path);
    if (!text) return nullptr;
    project::ProjectFile file = project::parse_project_file(path, *text);
    return &files_.emplace_back(ProjectFile{path, std::move(*text), std::move(file)});
}

}  // namespace gov::activation
