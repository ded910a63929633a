// SPDX-License-Identifier: Apache-2.0
#include "download/lock_hashes.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "download/admission.hpp"
#include "download/index_cache.hpp"
#include "download/release_index.hpp"

namespace gov::download {

using base::Error;
using base::ExitCode;
using toolchain::GoVersion;
using toolchain::Platform;

namespace {

// Runs `step`; what cannot be reached or is not there becomes a reason.
template <class Step>
void try_to(std::vector<std::string>& reasons, const Step& step) {
    try {
        step();
    } catch (const Error& error) {
        const ExitCode code = base::exit_code_of(error);
        if (code != ExitCode::unreachable && code != ExitCode::no_release) throw;
        reasons.push_back(base::full_message(error));
    }
}

// The index of each mirror that has one.
std::vector<Index> indexes(const Settings& settings, std::vector<std::string>& reasons) {
    const auto network = settings.offline ? Network::offline : Network::online;
    std::vector<Index> found;
    for (const std::string& mirror : settings.mirrors)
        try_to(reasons, [&] {
            found.push_back(
                fetch_index(mirror, settings.places.cache / "index", network, settings.access));
        });
    return found;
}

// Of the release's archive, in hex; empty where none of `indexes` has it.
std::string sha256_in(std::span<const Index> indexes, const GoVersion& version,
                      const Platform& platform) {
    for (const Index& index : indexes)
        if (const auto archive = find_archive(index.json, version, platform);
            archive && archive->sha256)
            return base::to_hex(*archive->sha256);
    return {};
}

PlatformHashes hashes_of(const Settings& settings, std::span<const Index> indexes,
                         const GoVersion& version, const Platform& platform) {
    PlatformHashes result{{platform, sha256_in(indexes, version, platform), {}}, {}};
    if (result.hashes.sha256.empty() && !indexes.empty())
        result.reasons.push_back(
            base::format("the index has no SHA-256 of {}", archive_name(version, platform)));
    try_to(result.reasons, [&] {
        const Target target{version, platform, toolchain::module_version(version, platform)};
        result.hashes.h1 = ask_log(settings, target).h1;
    });
    return result;
}

}  // namespace

LookedUp look_up_hashes(const Settings& settings, const GoVersion& version,
                        std::span<const Platform> platforms) {
    LookedUp result;
    const std::vector<Index> asked = indexes(settings, result.reasons);
    for (const Platform& platform : platforms)
        result.platforms.push_back(hashes_of(settings, asked, version, platform));
    return result;
}

}  // namespace gov::download
