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

std::string index_sha256(const Settings& settings, const std::string& mirror,
                         const GoVersion& version, const Platform& platform) {
    const auto network = settings.offline ? Network::offline : Network::online;
    const Index index =
        fetch_index(mirror, settings.places.cache / "index", network, settings.access);
    const auto archive = find_archive(index.json, version, platform);
    if (!archive || !archive->sha256)
        throw Error{base::format("the index has no SHA-256 of {}", archive_name(version, platform)),
                    {},
                    ExitCode::no_release};
    return base::to_hex(*archive->sha256);
}

}  // namespace

LookedUp look_up_hashes(const Settings& settings, const GoVersion& version,
                        const Platform& platform) {
    LookedUp result{{platform, {}, {}}, {}};
    for (const std::string& mirror : settings.mirrors) {
        if (!result.hashes.sha256.empty()) break;
        try_to(result.reasons,
               [&] { result.hashes.sha256 = index_sha256(settings, mirror, version, platform); });
    }
    try_to(result.reasons, [&] {
        const Target target{version, platform, toolchain::module_version(version, platform)};
        result.hashes.h1 = ask_log(settings, target).h1;
    });
    return result;
}

}  // namespace gov::download
