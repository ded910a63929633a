// SPDX-License-Identifier: Apache-2.0
#pragma once
// fetch_from_any(): a release's archive from the first source that can serve it.

#include "download/admission.hpp"
#include "download/arriving_archive.hpp"
#include "download/settings.hpp"
#include "download/source.hpp"

#include <string>
#include <vector>

namespace gov::download {

// The sources of `settings` in the order to ask them for `target`.
std::vector<Site> order_of(const Settings& settings, const Target& target);

// The archive from the first of the sources in `order` that has it and answers; the others'
// reasons go to `passed_over`: "proxy: …", and `archive` is told what to expect of each, `of_site`
// from a download site. What a source serves instead of what it announced is no reason to ask the
// next one, but to stop. Throws Error: ExitCode::no_release or ExitCode::unreachable with all
// reasons, else what stopped it.
Fetched fetch_from_any(const Settings& settings, const std::vector<Site>& order,
                       const Wanted& wanted, ArrivingArchive& archive, ArchiveKind of_site,
                       std::vector<std::string>& passed_over);

}  // namespace gov::download
