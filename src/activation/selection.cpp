// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"

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

// The linked toolchain that `spec` names, where `choice` may select one.
store::Toolchain require_linked(const VersionSpec& spec, const Choice& choice,
                                const store::Places& places) {
    auto linked = store::find_linked(places, spec.text());
    if (!linked) throw toolchain::unknown_name(spec.text(), choice.reason());
    if (choice.origin == Origin::session || choice.origin == Origin::fallback)
        return std::move(*linked);
    throw base::Error{base::format("{} is a linked toolchain, which no project's file selects ({})",
                                   spec.text(), choice.reason()),
                      base::format("for this session: gov shell {}", spec.text()),
                      base::ExitCode::usage};
}

// Whether the go on PATH, gov's own doing aside, is at least `floor`.
bool go_on_path_reaches(const GoVersion& floor, const base::Environment& environment) {
    const auto before = applied(plan_to(Goal{}, environment), environment);
    const fs::path goroot = project::goroot_on_path(before);
    const auto version = goroot.empty() ? std::nullopt : project::version_of_goroot(goroot);
    return version && *version >= floor;
}

}  // namespace

const store::Toolchain& Selection::require_toolchain() const {
    if (!toolchain) throw not_installed(*this);
    return *toolchain;
}

Selection resolve(Choice choice, const store::Places& places) {
    for (const VersionSpec& spec : choice.specs) {
        if (spec.kind() == VersionSpec::Kind::linked) {
            store::Toolchain linked = require_linked(spec, choice, places);
            return Selection{std::move(choice), linked.version, std::move(linked)};
        }
        const auto version = store::resolve_installed(places, spec);
        if (!version) continue;
        Selection selection{std::move(choice), *version, store::find_installed(places, *version)};
        return selection;
    }
    const auto exact = choice.specs[0].exact();
    if (!exact) throw not_installed(choice);
    return Selection{std::move(choice), *exact, std::nullopt};
}

std::optional<Selection> select(std::span<const Landmark> landmarks,
                                const base::Environment& environment, const store::Places& places,
                                Dependencies& dependencies) {
    auto choice = choose(landmarks, environment, places, dependencies);
    if (!choice) return std::nullopt;
    follow_lock(*choice, dependencies);
    if (choice->specs.size() > 1 || !choice->specs[0].exact())
        dependencies.watch(places.versions());
    if (choice->specs[0].kind() == VersionSpec::Kind::oldstable)
        dependencies.watch(places.newest_line_file());
    if (choice->specs[0].kind() == VersionSpec::Kind::linked) dependencies.watch(places.links());
    const auto floor = choice->floor;
    try {
        return resolve(std::move(*choice), places);
    } catch (const base::Error&) {
        if (!floor || !go_on_path_reaches(*floor, environment)) throw;
        return std::nullopt;
    }
}

std::optional<Selection> select(std::span<const Landmark> landmarks,
                                const base::Environment& environment, const store::Places& places) {
    Dependencies dependencies;
    return select(landmarks, environment, places, dependencies);
}

std::optional<Selection> select(const fs::path& directory, const base::Environment& environment,
                                const store::Places& places) {
    return select(landmarks_of(directory.native()), environment, places);
}

base::Error not_installed(const Choice& choice) {
    const auto exact = choice.specs[0].exact();
    if (exact)
        return base::Error{base::format("{} is not installed ({})", exact->name(), choice.reason()),
                           base::format("run: gov install {}", exact->name()),
                           base::ExitCode::no_release};
    const bool here = choice.origin != Origin::session && choice.origin != Origin::fallback;
    const std::string wanted = choice.wanted();
    return base::Error{base::format("no installed release is {} ({})", wanted, choice.reason()),
                       here ? std::string{"run: gov install"}
                            : base::format("run: gov install {}", quoted_for_shell(wanted)),
                       base::ExitCode::no_release};
}

base::Error nothing_chosen() {
    return base::Error{"no Go version is chosen here",
                       "pin one with gov use VERSION, or choose gov default VERSION",
                       base::ExitCode::no_release};
}

Selection require_selection(const fs::path& directory, const base::Environment& environment,
                            const store::Places& places) {
    auto selection = select(directory, environment, places);
    if (!selection) throw nothing_chosen();
    selection->require_toolchain();
    return std::move(*selection);
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
