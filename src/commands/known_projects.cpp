// SPDX-License-Identifier: Apache-2.0
#include "commands/known_projects.hpp"

#include "base/error.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::commands {

namespace fs = std::filesystem;

namespace {

// What the project of `file` asks for, now, in any session.
std::optional<activation::Selection> selection_of(const fs::path& file,
                                                  base::Environment environment,
                                                  const store::Places& places) {
    environment.unset("GOV_VERSION");
    auto selection = activation::select(file.parent_path(), environment, places);
    if (!selection || selection->origin == activation::Origin::fallback) return std::nullopt;
    if (selection->floor) return std::nullopt;  // any later release serves it as well
    return selection;
}

}  // namespace

KnownProjects::KnownProjects(const base::Environment& environment, const store::Places& places) {
    std::map<fs::path, std::vector<store::Use>> by_file;
    for (store::Use& use : store::uses(places)) {
        store::Time& last = last_uses_[use.toolchain];
        last = std::max(last, use.when);
        if (!use.file.empty()) by_file[use.file].push_back(std::move(use));
    }
    for (const auto& [file, uses] : by_file) {
        std::error_code unknown;
        if (!fs::exists(file, unknown) && !unknown) {
            for (const store::Use& use : uses) stale_.push_back(use.record);
            continue;
        }
        try {
            if (auto selection = selection_of(file, environment, places)) {
                asking_.emplace(selection->name(), selection->reason());
                selections_.push_back(std::move(*selection));
            }
        } catch (const base::Error&) {
            for (const store::Use& use : uses)
                asking_.emplace(use.toolchain, base::printable(file.native()));
        }
    }
}

std::vector<std::string> KnownProjects::asking_for(const std::string& toolchain) const {
    std::vector<std::string> reasons;
    const auto [begin, end] = asking_.equal_range(toolchain);
    for (auto entry = begin; entry != end; ++entry) reasons.push_back(entry->second);
    return reasons;
}

store::Time KnownProjects::last_use(const std::string& toolchain) const {
    const auto found = last_uses_.find(toolchain);
    return found == last_uses_.end() ? store::Time{} : found->second;
}

}  // namespace gov::commands
