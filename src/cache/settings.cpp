// SPDX-License-Identifier: Apache-2.0
#include "cache/settings.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/own_file.hpp"
#include "base/printable.hpp"
#include "download/url.hpp"
#include "project/config.hpp"

#include <algorithm>

#include <sys/stat.h>

namespace gov::cache {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using project::Config;

Mode mode_of(std::string_view word) noexcept {
    if (word == "off") return Mode::off;
    return word == "read-only" ? Mode::read_only : Mode::read_write;
}

[[noreturn]] void refuse(const std::string& place, const std::string& what,
                         const std::string& hint) {
    throw Error{base::format("{}: {}", place, what), hint, ExitCode::usage};
}

// `url` without slashes at its end. Whoever can change an answer on its way chooses what is built,
// so that http is for this machine alone unless the user says otherwise.
std::string checked_remote(std::string url, const std::string& place, bool insecure_http) {
    while (url.ends_with('/')) url.pop_back();
    const download::Origin origin = download::origin_of(url);
    const std::string shown = download::shown_url(url);
    if ((origin.scheme != "http" && origin.scheme != "https") || origin.host.empty())
        refuse(place, base::format("{} is no http or https URL", shown),
               "as in https://cache.example.com");
    if (!origin.user.empty())
        refuse(place, base::format("{} has a password in it", shown),
               "put it into ~/.netrc, or a token into a token_file");
    if (url.find_first_of("?# ") != std::string::npos)
        refuse(place, base::format("{} is no base URL: /ac/ and /cas/ are put behind it", shown),
               "leave out what starts with ? or #");
    if (origin.scheme == "http" && !insecure_http && !download::is_loopback_http(url))
        refuse(place,
               base::format("{} is http, where others on the way choose what is built", shown),
               "use https, or say insecure_http = true in [cache] of your config.toml");
    return url;
}

// The token in `file`, for a header.
std::string bearer(const fs::path& file) {
    constexpr std::size_t largest_token = 8192;
    auto token = base::read_own_file(file, largest_token);
    const std::string shown = base::printable(file.native());
    if (!token)
        throw Error{base::format("there is no token file {}", shown),
                    "write the cache's token into it, and nothing else", ExitCode::usage};
    struct stat status;
    if (::stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw Error{base::format("the token file {} can be read by others", shown),
                    base::format("chmod 600 '{}'", shown), ExitCode::not_trusted};
    while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
    const bool is_token = !token->empty() &&
                          std::ranges::all_of(*token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!is_token)
        throw Error{base::format("the token file {} holds no token", shown),
                    "a token is one line of visible ASCII characters", ExitCode::usage};
    return "Bearer " + *token;
}

std::string env_mode(const base::Environment& environment) {
    const auto mode = environment.non_empty("GOV_CACHE_MODE");
    if (!mode) return {};
    if (std::ranges::find(project::cache_modes, *mode) == project::cache_modes.end())
        refuse("GOV_CACHE_MODE", base::format("\"{}\" is no mode", base::printable(*mode)),
               "it is read-write, read-only or off");
    return std::string{*mode};
}

// Where what a project's remote gives is kept, apart from what all other builds use.
fs::path folder_of_project(const store::Places& places, const std::string& remote) {
    const base::Digest digest = base::sha256(base::as_bytes(remote));
    return places.cache / ("go-build-" + base::to_hex({digest.data(), 8}));
}

}  // namespace

Settings Settings::of(const base::Environment& environment, const store::Places& places,
                      const fs::path& local, const ProjectWish& project) {
    const Config::Cache user = project::read_config(places.config).cache;
    const auto env_remote = environment.non_empty("GOV_CACHE_REMOTE");
    std::string mode = env_mode(environment);
    if (mode.empty()) mode = user.mode;
    Settings settings;
    settings.folder = places.cache / "build-cache";
    settings.local = local;
    settings.timeout = user.timeout;
    settings.mode = std::min(mode_of(mode), mode_of(project.mode));
    settings.is_of_project = !env_remote && user.remote.empty() && !project.remote.empty();
    const std::string url = env_remote               ? std::string{*env_remote}
                            : settings.is_of_project ? project.remote
                                                     : user.remote;
    const std::string place = env_remote               ? "GOV_CACHE_REMOTE"
                              : settings.is_of_project ? project.place
                                                       : user.place;
    if (url.empty() || environment.non_empty("GOV_OFFLINE")) settings.mode = Mode::off;
    if (!url.empty()) settings.remote = checked_remote(url, place, user.insecure_http);
    if (settings.mode == Mode::off) return settings;
    if (settings.is_of_project) settings.local = folder_of_project(places, settings.remote);
    settings.access = download::Access::of(environment);
    settings.access.patience = settings.timeout;
    // checked_remote has seen to where http may go.
    settings.access.netrc_over_http = !settings.is_of_project;
    if (settings.is_of_project) return settings;
    const bool is_users_server =
        download::origin_of(user.remote).is_same_server(download::origin_of(settings.remote));
    if (const auto file = environment.non_empty("GOV_CACHE_TOKEN_FILE"))
        settings.authorization = bearer(*file);
    else if (!user.token_file.empty() && is_users_server)
        settings.authorization = bearer(user.token_file);
    return settings;
}

std::string_view name_of(Mode mode) noexcept {
    switch (mode) {
        case Mode::read_write:
            return "read-write";
        case Mode::read_only:
            return "read-only";
        default:
            return "off";
    }
}

}  // namespace gov::cache
