// SPDX-License-Identifier: Apache-2.0
#include "activation/unseen.hpp"

#include "activation/module_file.hpp"
#include "activation/plan.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <sys/stat.h>

namespace gov::activation {

namespace {

void add_dead_links(std::vector<std::string>& lines, std::string_view directory) {
    std::string path;
    for (;;) {
        for (const std::string_view name : landmark_names) {
            path.assign(directory).append("/").append(name);
            struct stat status;
            if (::lstat(path.c_str(), &status) != 0 || ::stat(path.c_str(), &status) == 0) continue;
            const bool is_loop = errno == ELOOP;
            lines.push_back(
                base::format("{} is a link {}, so that it counts as absent; mend or remove it",
                             base::printable(path),
                             is_loop ? "that leads back to itself" : "to what is not there"));
        }
        const auto slash = directory.rfind('/');
        if (slash == std::string_view::npos) return;
        directory = directory.substr(0, slash);
    }
}

std::string way_out(std::span<const Landmark> landmarks) {
    const auto found = std::ranges::find(landmarks, Landmark::Kind::go_work, &Landmark::kind);
    return found == landmarks.end()
               ? std::string{"unset GOWORK, or set it to off"}
               : base::format("unset GOWORK: the nearest is {}", base::printable(found->path));
}

}  // namespace

std::vector<std::string> unseen_troubles(std::string_view directory,
                                         std::span<const Landmark> landmarks,
                                         const base::Environment& environment) {
    std::vector<std::string> lines;
    add_dead_links(lines, directory);
    const auto before = applied(plan_to(Goal{}, environment), environment);
    const project::GoEnv go_env{before, {}};
    Dependencies unwatched;
    const ModuleSearch search = find_module_file(landmarks, before, go_env, unwatched);
    const std::string work = go_env.get("GOWORK");
    const bool names_one = !work.empty() && work != "off" && work != "auto";
    std::error_code unknown;
    if (!search.failure.empty())
        lines.push_back(base::format("go commands will fail here: {}; {}",
                                     base::printable(search.failure),
                                     names_one ? way_out(landmarks) : "mend that file"));
    else if (names_one && !std::filesystem::exists(work, unknown))
        lines.push_back(
            base::format("go commands will fail here: there is no {}, which GOWORK "
                         "names; {}",
                         base::printable(work), way_out(landmarks)));
    return lines;
}

}  // namespace gov::activation
