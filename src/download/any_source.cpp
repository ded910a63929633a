// SPDX-License-Identifier: Apache-2.0
#include "download/any_source.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text_lines.hpp"

#include <algorithm>

namespace gov::download {

using base::Error;
using base::ExitCode;

namespace {

Fetched fetch(const Settings& settings, const Site& site, const Wanted& wanted) {
    if (settings.offline) throw Error{"not asked while offline", {}, ExitCode::unreachable};
    if (site.kind == SourceKind::download) return fetch_from_site(site.mirror, wanted);
    return fetch_from_proxies(parse_proxies(settings.goproxy), wanted);
}

}  // namespace

// Before Go 1.21 the log has no say about the site's archives, so the module comes first.
std::vector<Site> order_of(const Settings& settings, const Target& target) {
    std::vector<Site> order = settings.sites();
    if (!target.archive_is_logged())
        std::ranges::stable_sort(order, {},
                                 [](const Site& site) { return site.kind != SourceKind::proxy; });
    return order;
}

Fetched fetch_from_any(const Settings& settings, const std::vector<Site>& order,
                       const Wanted& wanted, ArrivingArchive& archive, ArchiveKind of_site,
                       std::vector<std::string>& passed_over) {
    bool unreachable = false;
    for (const Site& site : order) {
        try {
            archive.expect(site.kind == SourceKind::proxy ? ArchiveKind::module_zip : of_site);
            return fetch(settings, site, wanted);
        } catch (const Error& error) {
            const ExitCode code = base::exit_code_of(error);
            if (code != ExitCode::unreachable && code != ExitCode::no_release) throw;
            unreachable = unreachable || code == ExitCode::unreachable;
            passed_over.push_back(
                base::format("{}: {}", name_of(site.kind), base::full_message(error)));
        }
    }
    throw Error{
        "no source has it: " + base::joined(passed_over, "; "),
        unreachable ? "check the network, GOPROXY and GOV_MIRROR" : "go.dev/dl lists all releases",
        unreachable ? ExitCode::unreachable : ExitCode::no_release};
}

}  // namespace gov::download
