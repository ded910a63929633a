// SPDX-License-Identifier: Apache-2.0
#include "download/resolve.hpp"

#include "base/format.hpp"
#include "store/installed.hpp"

#include <algorithm>
#include <utility>

namespace gov::download {

using base::Error;
using base::ExitCode;
using toolchain::GoVersion;
using toolchain::VersionSpec;

namespace {

// The second number of a language version; 0 where there is none.
std::size_t minor_of(const GoVersion& version) {
    constexpr std::size_t most_digits = 9;
    const std::string language = version.language();
    const auto dot = language.find('.');
    return dot == std::string::npos ? 0 : std::stoul(language.substr(dot + 1, most_digits));
}

// The line nearest to that of `wanted` of which `known` has a release.
std::string nearest_line(const GoVersion& wanted, const std::vector<GoVersion>& known) {
    const std::size_t minor = minor_of(wanted);
    const auto distance = [&](const GoVersion& version) {
        const std::size_t other = minor_of(version);
        return std::pair{version.is_prerelease(), std::max(minor, other) - std::min(minor, other)};
    };
    const auto found = std::ranges::min_element(known, {}, distance);
    return found == known.end() ? std::string{} : found->language();
}

// Of what there is, what is most like `spec`: the newest release of the nearest line.
std::string nearest(const VersionSpec& spec, const std::vector<GoVersion>& known) {
    const auto stable = VersionSpec::require("stable").choose(known);
    const auto named = GoVersion::parse(spec.text());
    const std::string line = named ? nearest_line(*named, known) : std::string{};
    if (!line.empty() && line != spec.text())
        return base::format("did you mean {}? The newest release is {}", line,
                            stable ? stable->name() : line);
    return stable ? base::format("the newest release is {}; gov list --remote shows all",
                                 stable->name())
                  : std::string{"gov list --remote shows what there is"};
}

}  // namespace

const std::vector<GoVersion>& Resolver::known() {
    if (!known_) {
        const auto network = settings_.offline ? Network::offline : Network::online;
        Catalog catalog = read_catalog(settings_, network);
        known_.emplace();
        for (Offer& offer : catalog.offers) known_->push_back(std::move(offer.version));
        knows_all_ = catalog.passed_over.empty();
        knows_now_ = catalog.index_age < index_is_young;
        store::note_newest_line(settings_.places, *known_);
    }
    return *known_;
}

std::optional<bool> Resolver::has(const VersionSpec& spec) {
    try {
        if (spec.choose(known())) return true;
    } catch (const Error& error) {
        if (base::exit_code_of(error) != ExitCode::unreachable) throw;
        return std::nullopt;
    }
    if (!knows_now_ || (spec.exact() && !knows_all_)) return std::nullopt;
    return false;
}

Error Resolver::unknown(const VersionSpec& spec) {
    const auto exact = spec.exact();
    const bool is_range = spec.kind() == VersionSpec::Kind::range;
    return Error{base::format("no source has {}",
                              is_range ? "a release that is " + spec.text() : spec.meaning()),
                 exact ? nearest_to(*exact) : nearest(spec, known()), ExitCode::no_release};
}

std::string Resolver::nearest_to(const GoVersion& version) noexcept {
    try {
        const auto line = VersionSpec::require(version.language());
        if (const auto newest = line.choose(known()))
            return base::format("did you mean {}, the newest release of Go {}?", newest->name(),
                                version.language());
        return nearest(line, known());
    } catch (const base::Error&) {  // without a network there is no list
        return {};
    }
}

GoVersion Resolver::resolve(const VersionSpec& spec, Preference preference) {
    if (const auto exact = spec.exact()) return *exact;
    if (spec.kind() == VersionSpec::Kind::linked) throw toolchain::unknown_name(spec.text());
    if (preference == Preference::installed && !spec.is_moving_name())
        if (auto installed = store::find_installed(settings_.places, spec))
            return std::move(installed->version);
    if (auto version = spec.choose(known())) return *version;
    throw unknown(spec);
}

void refuse_unknown(const Settings& settings, const VersionSpec& spec) {
    Settings offline = settings;
    offline.offline = true;
    if (Resolver{offline}.has(spec) == true) return;
    Resolver resolver{settings};
    if (resolver.has(spec) == false) throw resolver.unknown(spec);
}

}  // namespace gov::download
