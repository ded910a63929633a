// SPDX-License-Identifier: Apache-2.0
#include "cross/rebuild_check.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "cross/artifact/artifact_diff.hpp"
#include "cross/temporary_directory.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// The directory that is copied: that of the repository or the workspace around the project.
fs::path root_of(const fs::path& directory) {
    std::error_code ignored;
    for (fs::path at = directory; at.has_relative_path(); at = at.parent_path())
        if (fs::exists(at / ".git", ignored) || fs::exists(at / "go.work", ignored)) return at;
    return directory;
}

void copy_tree(const fs::path& from, const fs::path& to, const fs::path& left_out) {
    fs::create_directories(to);
    for (const fs::directory_entry& entry : fs::directory_iterator{from}) {
        const fs::path target = to / entry.path().filename();
        if (entry.path() == left_out) continue;
        if (entry.is_symlink())
            fs::copy_symlink(entry.path(), target);
        else if (entry.is_directory())
            copy_tree(entry.path(), target, left_out);
        else if (entry.is_regular_file())
            fs::copy_file(entry.path(), target);
    }
}

std::string difference_between(const fs::path& first, const fs::path& second) {
    const base::MappedFile left{first};
    const base::MappedFile right{second};
    const Artifact a = read_artifact(left.bytes());
    const Artifact b = read_artifact(right.bytes());
    std::string regions;
    for (const RegionDifference& region : diff({left.bytes(), a}, {right.bytes(), b}).regions)
        regions += base::format("{}{} ({} bytes from {:#x})", regions.empty() ? "" : ", ",
                                region.name, region.bytes, region.left_offset);
    return regions;
}

}  // namespace

std::vector<std::string> check_rebuild(const PlanRequest& request, const BuildOptions& options,
                                       const std::vector<BuildOutcome>& outcomes,
                                       const fs::path& place) {
    return base::while_doing("building once more to compare", [&] {
        const TemporaryDirectory temporary{"rebuild"};
        const fs::path here = fs::canonical(request.directory);
        const fs::path root = root_of(here);
        copy_tree(root, temporary.path() / "src", here / options.output);
        PlanRequest again = request;
        again.directory =
            (temporary.path() / "src" / here.lexically_relative(root)).lexically_normal();
        again.kept.clear();
        again.environment.set("GOCACHE", (temporary.path() / "cache").native());
        BuildOptions built = options;
        built.directory = again.directory;
        built.kept = temporary.path() / "kept";
        built.temporary = temporary.path() / "tmp";
        built.cache_variables.clear();  // what is to be compared must be built here
        built.tell = [](std::size_t, const std::string&) {};
        const fs::path other = temporary.path() / "out";
        for (const fs::path& folder : {built.kept, built.temporary, other})
            fs::create_directory(folder);
        const std::vector<BuildOutcome> second = build(make_plan(again), built, other);
        std::vector<std::string> lines;
        for (const BuildOutcome& outcome : outcomes) {
            if (outcome.result != BuildResult::proved) continue;
            const auto same = std::find_if(second.begin(), second.end(), [&](const auto& entry) {
                return entry.file == outcome.file;
            });
            const std::string name = outcome.file.filename().native();
            if (same == second.end() || same->result != BuildResult::proved)
                lines.push_back(base::format("{}: it could not be built again", name));
            else if (same->digest != outcome.digest)
                lines.push_back(
                    base::format("{}: {}", name, difference_between(place / name, other / name)));
        }
        return lines;
    });
}

}  // namespace gov::cross
