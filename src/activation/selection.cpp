// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/pin_file.hpp"

namespace gov::activation {

namespace fs = std::filesystem;
using toolchain::GoVersion;

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

std::optional<Selection> select(const fs::path& directory, const base::Environment& environment,
                                const store::Places& places) {
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
    if (auto pin = project::find_pin(directory))
        return found(pin->version, Origin::pin, std::move(pin->file), pin->line);
    if (const auto version = store::default_version(places))
        return found(*version, Origin::fallback, places.default_file(), 0);
    return std::nullopt;
}

base::Error not_installed(const Selection& selection) {
    const std::string name = selection.version.name();
    return base::Error{base::format("{} is not installed ({})", name, selection.reason()),
                       base::format("run: gov install {}", name), base::ExitCode::no_release};
}

Selection require_selection(const fs::path& directory, const base::Environment& environment,
                            const store::Places& places) {
    auto selection = select(directory, environment, places);
    if (!selection)
        throw base::Error{"no Go version is chosen here",
                          "pin one with gov use VERSION, or choose gov default VERSION",
                          base::ExitCode::no_release};
    if (!selection->toolchain) throw not_installed(*selection);
    return std::move(*selection);
}

}  // namespace gov::activation
