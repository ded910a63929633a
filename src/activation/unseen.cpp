// SPDX-License-Identifier: Apache-2.0
#include "activation/unseen.hpp"

#include "activation/module_file.hpp"
#include "activation/plan.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

namespace gov::activation {

namespace {

std::string describe(const DeadLink& link) {
    return base::format("{} is a link {}, so that it counts as absent; mend or remove it",
                        base::printable(link.path),
                        link.is_loop ? "that leads back to itself" : "to what is not there");
}

std::string way_out(std::span<const Landmark> landmarks) {
    const auto found = std::ranges::find(landmarks, Landmark::Kind::go_work, &Landmark::kind);
    return found == landmarks.end()
               ? std::string{"unset GOWORK, or set it to off"}
               : base::format("unset GOWORK: the nearest is {}", base::printable(found->path));
}

}  // namespace

std::vector<std::string> unseen_troubles(const Sight& sight, const base::Environment& environment) {
    const auto landmarks = sight.landmarks();
    std::vector<std::string> lines;
    for (const DeadLink& link : sight.dead_links()) lines.push_back(describe(link));
    const UserEnvironment user{environment};
    const project::GoEnv go_env{user.get(), {}};
    Dependencies unwatched;
    const ModuleSearch search = find_module_file(landmarks, user.get(), go_env, unwatched);
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
