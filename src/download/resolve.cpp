// SPDX-License-Identifier: Apache-2.0
#include "download/resolve.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "store/installed.hpp"

#include <algorithm>

namespace gov::download {

using base::Error;
using base::ExitCode;
using toolchain::GoVersion;
using toolchain::VersionSpec;

namespace {

// Of what there is, what is most like `spec`: the newest release of the nearest line.
std::string nearest(const VersionSpec& spec, const std::vector<GoVersion>& known) {
    std::vector<std::string> lines;
    for (const GoVersion& version : known) lines.push_back(version.language());
    const std::vector<std::string_view> words{lines.begin(), lines.end()};
    const auto stable = VersionSpec::require("stable").choose(known);
    const auto line = base::closest_word(spec.text(), words);
    if (line && *line != spec.text())
        return base::format("did you mean {}? The newest release is {}", *line,
                            stable ? stable->name() : *line);
    return stable ? base::format("the newest release is {}; gov list --remote shows all",
                                 stable->name())
                  : std::string{"gov list --remote shows what there is"};
}

}  // namespace

const std::vector<GoVersion>& Resolver::known() {
    if (!known_) {
        const auto network = settings_.offline ? Network::offline : Network::online;
        known_.emplace();
        for (Offer& offer : read_catalog(settings_, network).offers)
            known_->push_back(std::move(offer.version));
        store::note_newest_line(settings_.places, *known_);
    }
    return *known_;
}

GoVersion Resolver::resolve(const VersionSpec& spec, Preference preference) {
    if (const auto exact = spec.exact()) return *exact;
    if (spec.kind() == VersionSpec::Kind::linked) throw toolchain::unknown_name(spec.text());
    if (preference == Preference::installed && !spec.is_moving_name())
        if (auto installed = store::find_installed(settings_.places, spec))
            return std::move(installed->version);
    if (auto version = spec.choose(known())) return *version;
    throw Error{base::format("no source has {}", spec.meaning()), nearest(spec, known()),
                ExitCode::no_release};
}

}  // namespace gov::download
