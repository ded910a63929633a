// SPDX-License-Identifier: Apache-2.0
#include "store/installed.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

#include <algorithm>

#include <unistd.h>

namespace gov::store {

namespace fs = std::filesystem;
using toolchain::GoVersion;
using toolchain::VersionSpec;

namespace {

std::optional<GoVersion> read_newest_line(const Places& places) {
    const auto text = base::read_file(places.newest_line_file(), 64);
    return text ? GoVersion::parse(std::string_view{*text}.substr(0, text->find('\n')))
                : std::nullopt;
}

}  // namespace

std::optional<Toolchain> find_installed(const Places& places, const GoVersion& version) {
    fs::path goroot = places.goroot(version);
    if (::access((goroot.native() + "/bin/go").c_str(), X_OK) != 0) return std::nullopt;
    return Toolchain{version, std::move(goroot)};
}

std::vector<Toolchain> installed(const Places& places) {
    std::vector<Toolchain> found;
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{places.versions(), absent}) {
        const std::string name = entry.path().filename();
        const auto version = GoVersion::parse(name);
        if (!version || version->name() != name) continue;
        if (auto toolchain = find_installed(places, *version))
            found.push_back(std::move(*toolchain));
    }
    std::ranges::sort(found, {}, &Toolchain::version);
    return found;
}

bool is_proved(const Places& places, const GoVersion& version) {
    return ::access(places.receipt(version).c_str(), R_OK) == 0;
}

std::optional<Toolchain> find_installed(const Places& places, const VersionSpec& spec,
                                        Counting counting) {
    const auto counts = [&](const GoVersion& version) {
        return counting == Counting::all || is_proved(places, version);
    };
    if (const auto exact = spec.exact()) {
        auto toolchain = find_installed(places, *exact);
        return toolchain && counts(*exact) ? std::move(toolchain) : std::nullopt;
    }
    std::vector<GoVersion> versions;
    for (Toolchain& toolchain : installed(places)) versions.push_back(std::move(toolchain.version));
    std::optional<GoVersion> known_line;
    if (spec.kind() == VersionSpec::Kind::oldstable) known_line = read_newest_line(places);
    auto version = spec.choose(versions, known_line);
    for (; version && !counts(*version); version = spec.choose(versions, known_line))
        std::erase(versions, *version);
    if (!version) return std::nullopt;
    fs::path goroot = places.goroot(*version);
    return Toolchain{std::move(*version), std::move(goroot)};
}

void note_newest_line(const Places& places, std::span<const GoVersion> known) noexcept {
    try {
        const auto line = toolchain::newest_line(known);
        if (!line || line == read_newest_line(places)) return;
        base::make_private_directory(places.cache);
        base::write_file_unsynced(places.newest_line_file(), line->number() + "\n");
    } catch (const base::Error&) {  // then what is installed says it
        return;
    }
}

std::optional<VersionSpec> default_spec(const Places& places) {
    const auto text = base::read_file(places.default_file(), 4096);
    if (!text) return std::nullopt;
    try {
        return VersionSpec::require(std::string_view{*text}.substr(0, text->find('\n')));
    } catch (const base::Error&) {
        throw base::Error{
            base::format("{} does not hold a Go version", places.default_file().native()),
            "choose one with gov default VERSION", base::ExitCode::usage};
    }
}

void set_default(const Places& places, const VersionSpec& spec) {
    const auto exact = spec.exact();
    base::make_private_directory(places.home);
    base::write_file_atomically(places.default_file(),
                                (exact ? exact->name() : spec.text()) + "\n");
}

std::optional<GoVersion> default_version(const Places& places) {
    const auto spec = default_spec(places);
    if (!spec) return std::nullopt;
    if (spec->exact()) return spec->exact();
    auto toolchain = find_installed(places, *spec);
    return toolchain ? std::optional{std::move(toolchain->version)} : std::nullopt;
}

}  // namespace gov::store
