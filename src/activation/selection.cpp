// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/pin_file.hpp"

namespace gov::activation {

namespace fs = std::filesystem;
using toolchain::GoVersion;

namespace {

// The pin of the nearest pin file that has a `go` line; nullopt if there is none.
std::optional<project::Pin> pin_among(std::span<const Landmark> landmarks) {
    for (const Landmark& landmark : landmarks) {
        if (!landmark.is_pin_file()) continue;
        if (const auto text = project::read_pin_file(landmark.path))
            if (auto pin = project::parse_pin(landmark.path, *text)) return pin;
    }
    return std::nullopt;
}

std::optional<project::Floor> floor_among(std::span<const Landmark> landmarks) {
    for (const std::string_view name : {"/go.work", "/go.mod"})
        for (const Landmark& landmark : landmarks)
            if (landmark.path.ends_with(name)) return project::read_floor(landmark.path);
    return std::nullopt;
}

// From 1.21 on the go command refuses to work below the floor (go.dev/doc/toolchain).
bool enforces_floors(const GoVersion& version) {
    return version >= GoVersion::require("1.21");
}

}  // namespace

std::string Selection::reason() const {
    switch (origin) {
        case Origin::session:
            return "GOV_VERSION";
        case Origin::pin:
            return base::format("{}:{}", base::printable(file.native()), line);
        case Origin::fallback:
            return "gov default";
    }
    return {};
}

const store::Toolchain& Selection::require_toolchain() const {
    if (!toolchain) throw not_installed(*this);
    return *toolchain;
}

std::optional<Selection> select(std::span<const Landmark> landmarks,
                                const base::Environment& environment, const store::Places& places) {
    const auto found = [&](const GoVersion& version, Origin origin, fs::path file,
                           std::size_t line) {
        return Selection{version, origin, std::move(file), line,
                         store::find_installed(places, version)};
    };
    if (const auto session = environment.non_empty("GOV_VERSION")) {
        const GoVersion version =
            base::while_doing("reading GOV_VERSION", [&] { return GoVersion::require(*session); });
        return found(version, Origin::session, {}, 0);
    }
    if (auto pin = pin_among(landmarks))
        return found(pin->version, Origin::pin, std::move(pin->file), pin->line);
    if (const auto version = store::default_version(places))
        return found(*version, Origin::fallback, places.default_file(), 0);
    return std::nullopt;
}

std::optional<Selection> select(const fs::path& directory, const base::Environment& environment,
                                const store::Places& places) {
    return select(landmarks_of(directory.native()), environment, places);
}

base::Error not_installed(const Selection& selection) {
    const std::string name = selection.version.name();
    return base::Error{base::format("{} is not installed ({})", name, selection.reason()),
                       base::format("run: gov install {}", name), base::ExitCode::no_release};
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
