// SPDX-License-Identifier: Apache-2.0
#include "download/catalog.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text_lines.hpp"
#include "download/release_index.hpp"

#include <algorithm>
#include <map>

namespace gov::download {

using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

namespace {

std::vector<GoVersion> list_from(const Settings& settings, const Site& site, Network network,
                                 Catalog& catalog) {
    if (site.kind == SourceKind::download) {
        const Index index =
            fetch_index(site.mirror, settings.places.cache / "index", network, settings.access);
        catalog.index_age = std::max(catalog.index_age, index.age);
        return list_releases(index.json, settings.platform);
    }
    if (network == Network::offline)
        throw Error{"not asked while offline", {}, ExitCode::unreachable};
    return list_from_proxies(parse_proxies(settings.goproxy), settings.platform, settings.access);
}

}  // namespace

Catalog read_catalog(const Settings& settings, Network network) {
    Catalog catalog;
    std::map<GoVersion, std::vector<SourceKind>> found;
    const std::vector<Site> sites = settings.sites();
    for (const Site& site : sites) {
        try {
            for (const GoVersion& version : list_from(settings, site, network, catalog)) {
                auto& sources = found[version];
                if (sources.empty() || sources.back() != site.kind) sources.push_back(site.kind);
            }
        } catch (const Error& error) {
            const ExitCode code = base::exit_code_of(error);
            if (code != ExitCode::unreachable && code != ExitCode::no_release) throw;
            catalog.passed_over.push_back(
                base::format("{}: {}", name_of(site.kind), base::full_message(error)));
        }
    }
    if (catalog.passed_over.size() == sites.size())
        throw Error{"no source lists releases: " + base::joined(catalog.passed_over, "; "),
                    "check the network, GOPROXY and GOV_MIRROR", ExitCode::unreachable};
    for (auto entry = found.rbegin(); entry != found.rend(); ++entry)
        catalog.offers.push_back({entry->first, std::move(entry->second)});
    return catalog;
}

}  // namespace gov::download
