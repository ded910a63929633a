// SPDX-License-Identifier: Apache-2.0
#include "store/go_settings.hpp"

#include "project/go_env.hpp"
#include "store/installed.hpp"

namespace gov::store {

std::vector<std::filesystem::path> goroots_with_settings(const base::Environment& environment,
                                                         const Places& places) {
    std::vector<std::filesystem::path> goroots;
    if (auto goroot = project::goroot_on_path(environment); !goroot.empty())
        goroots.push_back(std::move(goroot));
    for (Toolchain& toolchain : installed(places)) goroots.push_back(std::move(toolchain.goroot));
    return goroots;
}

}  // namespace gov::store
