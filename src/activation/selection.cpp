// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"

#include "activation/consent.hpp"
#include "activation/locked_choice.hpp"
#include "activation/plan.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/go_env.hpp"
#include "store/links.hpp"

namespace gov::activation {

namespace fs = std::filesystem;
using toolchain::GoVersion;
using toolchain::VersionSpec;

namespace {

std::optional<project::Floor> floor_among(std::span<const Landmark> landmarks) {
    for (const auto kind : {Landmark::Kind::go_work, Landmark::Kind::go_mod})
        for (const Landmark& landmark : landmarks)
            if (landmark.kind == kind && !landmark.is_directory)
                return project::read_floor(landmark.path);
    return std::nullopt;
}

// From 1.21 on the go command refuses to work below the floor (go.dev/doc/toolchain).
bool enforces_floors(const GoVersion& version) {
    return version >= GoVersion::require("1.21");
}

// As it is typed: ranges hold what shells redirect.
std::string quoted_for_shell(const std::string& spec) {
    return spec.find_first_of("<>^~ ") == std::string::npos ? spec : "\"" + spec + "\"";
}

// The first of what `choice` asks for that is linked, or installed and counts; nullopt where
// nothing is. Throws Error (ExitCode::usage) for a name that nothing is linked by.
std::optional<store::Toolchain> first_toolchain(const Choice& choice, const store::Places& places,
                                                store::Counting counting) {
    for (const VersionSpec& spec : choice.specs) {
        if (spec.kind() == VersionSpec::Kind::linked) {
            auto linked = store::find_linked(places, spec.text());
            if (!linked) throw toolchain::unknown_name(spec.text(), choice.reason());
            return linked;
        }
        if (auto toolchain = store::find_installed(places, spec, counting)) return toolchain;
    }
    return std::nullopt;
}

// The selection of `toolchain`, or of a release that is not installed.
Selection selection_of(Choice choice, std::optional<store::Toolchain> toolchain) {
    if (toolchain) return Selection{std::move(choice), toolchain->version, std::move(toolchain)};
    const auto exact = choice.specs[0].exact();
    if (!exact) throw not_installed(choice);
    return Selection{std::move(choice), *exact, std::nullopt};
}

// Whether the go on PATH, gov's own doing aside, is at least `floor`.
bool go_on_path_reaches(const GoVersion& floor, const base::Environment& environment) {
    const UserEnvironment user{environment};
    const fs::path goroot = project::goroot_on_path(user.get());
    const auto version = goroot.empty() ? std::nullopt : project::version_of_goroot(goroot);
    return version && *version >= floor;
}

}  // namespace

const store::Toolchain& Selection::require_toolchain() const {
    if (!toolchain) throw not_installed(*this);
    return *toolchain;
}

Selection resolve(Choice choice, const store::Places& places) {
    auto toolchain = first_toolchain(choice, places, store::Counting::all);
    return selection_of(std::move(choice), std::move(toolchain));
}

std::optional<Selection> select(Sight& sight, const base::Environment& environment,
                                const store::Places& places, Dependencies& dependencies) {
    auto choice = choose(sight, environment, places, dependencies);
    if (!choice) return std::nullopt;
    const bool is_locked = follow_lock(*choice, dependencies);
    if (choice->specs.size() > 1 || !choice->specs[0].exact())
        dependencies.watch(places.versions());
    if (choice->specs[0].kind() == VersionSpec::Kind::oldstable)
        dependencies.watch(places.newest_line_file());
    if (choice->specs[0].kind() == VersionSpec::Kind::linked) dependencies.watch(places.links());
    const auto floor = choice->floor;
    try {
        if (is_of_user(*choice)) return resolve(std::move(*choice), places);
        auto toolchain = first_toolchain(*choice, places, store::Counting::proved);
        if (toolchain && toolchain->link.empty())
            return selection_of(std::move(*choice), std::move(toolchain));
        if (!toolchain) toolchain = first_toolchain(*choice, places, store::Counting::all);
        if (toolchain) require_consent(*choice, *toolchain, is_locked, sight, places, dependencies);
        return selection_of(std::move(*choice), std::move(toolchain));
    } catch (const base::Error&) {
        if (!floor || !go_on_path_reaches(*floor, environment)) throw;
        return std::nullopt;
    }
}

std::optional<Selection> select(Sight& sight, const base::Environment& environment,
                                const store::Places& places) {
    Dependencies dependencies;
    return select(sight, environment, places, dependencies);
}

std::optional<Selection> select(const fs::path& directory, const base::Environment& environment,
                                const store::Places& places) {
    Sight sight{directory.native()};
    return select(sight, environment, places);
}

base::Error not_installed(const Choice& choice) {
    const auto exact = choice.specs[0].exact();
    const std::string wanted = choice.wanted();
    const std::string reason = choice.reason();
    std::string what = exact ? base::format("{} is not installed", exact->name())
                             : base::format("no installed release is {}", wanted);
    if (!reason.empty()) what += base::format(" ({})", reason);
    return base::Error{what,
                       choice.is_of_project() && !exact
                           ? std::string{"run: gov install"}
                           : base::format("run: gov install {}", quoted_for_shell(wanted)),
                       base::ExitCode::no_release};
}

base::Error nothing_chosen() {
    return base::Error{"no Go version is chosen here",
                       "pin one with gov use VERSION, or choose gov default VERSION",
                       base::ExitCode::no_release};
}

Selection require_selection(Sight& sight, const base::Environment& environment,
                            const store::Places& places) {
    auto selection = select(sight, environment, places);
    if (!selection) throw nothing_chosen();
    selection->require_toolchain();
    return std::move(*selection);
}

Selection require_selection(const fs::path& directory, const base::Environment& environment,
                            const store::Places& places) {
    Sight sight{directory.native()};
    return require_selection(sight, environment, places);
}

std::optional<project::Floor> missed_floor(const Selection& selection,
                                           std::span<const Landmark> landmarks) {
    if (selection.origin == Origin::fallback) return std::nullopt;
    auto floor = floor_among(landmarks);
    if (!floor || selection.version >= floor->version) return std::nullopt;
    return floor;
}

std::string describe_missed_floor(const Selection& selection, const project::Floor& floor) {
    return base::format(
        "{} requires go >= {} but the pin is {} ({}){}", base::printable(floor.file.native()),
        floor.version.number(), selection.version.number(), selection.reason(),
        enforces_floors(selection.version) ? "; under GOTOOLCHAIN=local every go command will fail"
                                           : "");
}

}  // namespace gov::activation
