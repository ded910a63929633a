// SPDX-License-Identifier: Apache-2.0
#include "download/settings.hpp"

#include "project/go_env.hpp"
#include "store/installed.hpp"

namespace gov::download {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view default_mirror = "https://go.dev/dl";

}  // namespace

Settings Settings::of(const base::Environment& environment, const store::Places& places) {
    std::vector<fs::path> goroots;
    if (auto goroot = project::goroot_on_path(environment); !goroot.empty())
        goroots.push_back(std::move(goroot));
    for (const store::Toolchain& toolchain : store::installed(places))
        goroots.push_back(toolchain.goroot);
    const project::GoEnv go_env{environment, goroots};
    std::string mirror{environment.non_empty("GOV_MIRROR").value_or(default_mirror)};
    while (mirror.ends_with('/')) mirror.pop_back();
    check_mirror(mirror);
    return {places,
            toolchain::Platform::host(),
            parse_sources(environment.get("GOV_SOURCES").value_or("")),
            std::move(mirror),
            environment.non_empty("GOV_OFFLINE").has_value(),
            Access::of(environment),
            go_env.get("GOPROXY"),
            go_env.get("GOSUMDB")};
}

}  // namespace gov::download
