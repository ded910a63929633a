// SPDX-License-Identifier: Apache-2.0
#include "download/settings.hpp"

#include "project/go_env.hpp"
#include "store/go_settings.hpp"

namespace gov::download {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view default_mirror = "https://go.dev/dl";

std::string checked_mirror(std::string url, const std::string& place) {
    while (url.ends_with('/')) url.pop_back();
    check_mirror(url, place);
    return url;
}

// Those of the config first, then GOV_MIRROR, or the download site where that is not set.
std::vector<std::string> mirrors_of(const base::Environment& environment,
                                    const project::Config& config) {
    std::vector<std::string> mirrors;
    for (const project::Config::Mirror& mirror : config.mirrors)
        mirrors.push_back(checked_mirror(mirror.url, mirror.place + ": mirror"));
    mirrors.push_back(checked_mirror(
        std::string{environment.non_empty("GOV_MIRROR").value_or(default_mirror)}, "GOV_MIRROR"));
    return mirrors;
}

std::vector<SourceKind> sources_of(const base::Environment& environment,
                                   const project::Config& config) {
    const auto list = environment.non_empty("GOV_SOURCES");
    return list || config.sources.empty() ? parse_sources(list.value_or("")) : config.sources;
}

}  // namespace

std::vector<Site> Settings::sites() const {
    std::vector<Site> all;
    for (const SourceKind kind : sources) {
        if (kind == SourceKind::proxy) all.push_back({kind, {}});
        if (kind == SourceKind::download)
            for (const std::string& mirror : mirrors) all.push_back({kind, mirror});
    }
    return all;
}

Settings Settings::of(const base::Environment& environment, const store::Places& places) {
    const project::Config config = project::read_config(places.config);
    const project::GoEnv go_env{environment, store::goroots_with_settings(environment, places)};
    return {places,
            toolchain::Platform::host(),
            sources_of(environment, config),
            mirrors_of(environment, config),
            environment.non_empty("GOV_OFFLINE").has_value(),
            config.verify,
            Access::of(environment),
            go_env.get("GOPROXY"),
            go_env.get("GOSUMDB")};
}

}  // namespace gov::download
