// SPDX-License-Identifier: Apache-2.0
#include "cross/build_environment.hpp"

#include "base/error.hpp"
#include "base/process.hpp"
#include "download/url.hpp"
#include "project/go_env.hpp"
#include "toolchain/collector_settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Environment;

constexpr std::string_view system_path = "/usr/local/bin:/usr/bin:/bin";

// How modules are fetched; from the environment, the user's Go env file or the toolchain's.
constexpr std::array<std::string_view, 8> network_settings{
    "GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOINSECURE", "GOAUTH", "GOVCS"};

// What the programs that fetch modules and read version control need of the user's environment.
constexpr std::array<std::string_view, 24> passed_on{"HOME",
                                                     "USER",
                                                     "LOGNAME",
                                                     "XDG_CONFIG_HOME",
                                                     "SSH_AUTH_SOCK",
                                                     "SSH_ASKPASS",
                                                     "NETRC",
                                                     "GIT_SSH",
                                                     "GIT_SSH_COMMAND",
                                                     "GIT_ASKPASS",
                                                     "GIT_TERMINAL_PROMPT",
                                                     "GIT_CONFIG_GLOBAL",
                                                     "GIT_CONFIG_SYSTEM",
                                                     "GIT_CONFIG_NOSYSTEM",
                                                     "HTTP_PROXY",
                                                     "HTTPS_PROXY",
                                                     "NO_PROXY",
                                                     "ALL_PROXY",
                                                     "http_proxy",
                                                     "https_proxy",
                                                     "no_proxy",
                                                     "all_proxy",
                                                     "SSL_CERT_FILE",
                                                     "SSL_CERT_DIR"};

// GO… variables that gov answers itself: that they are set elsewhere surprises nobody.
constexpr std::array<std::string_view, 8> answered{
    "GOROOT", "GOTOOLCHAIN", "GOENV", "GOCACHE", "GOMODCACHE", "GOPATH", "GOBIN", "GOTELEMETRY"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void refuse_missing(std::string_view what) {
    throw base::Error{"no place for " + std::string{what} + ": HOME is not set",
                      "set HOME, or GOCACHE and GOMODCACHE", base::ExitCode::usage};
}

// As cmd/go/internal/cache.DefaultDir has it.
std::string build_cache(const project::GoEnv& settings, const Environment& user) {
    if (std::string cache = settings.get("GOCACHE"); !cache.empty() && cache != "off") return cache;
    if (const auto caches = user.non_empty("XDG_CACHE_HOME"))
        return (fs::path{*caches} / "go-build").native();
    if (const auto home = user.non_empty("HOME"))
        return (fs::path{*home} / ".cache/go-build").native();
    refuse_missing("Go's build cache");
}

// As cmd/go/internal/cfg has it: below the first directory of GOPATH.
std::string module_cache(const project::GoEnv& settings, const Environment& user) {
    if (std::string cache = settings.get("GOMODCACHE"); !cache.empty()) return cache;
    const std::string gopath = settings.get("GOPATH");
    if (const std::string first = gopath.substr(0, gopath.find(':')); !first.empty())
        return (fs::path{first} / "pkg/mod").native();
    if (const auto home = user.non_empty("HOME")) return (fs::path{*home} / "go/pkg/mod").native();
    refuse_missing("downloaded modules");
}

// The toolchain first, then the system; then where the user's git is, if that is elsewhere.
std::string search_path(const Environment& user, const fs::path& goroot) {
    std::string path = (goroot / "bin").native() + ":" + std::string{system_path};
    if (!base::find_program("git", system_path).empty()) return path;
    const fs::path git = base::find_program("git", user.get("PATH").value_or(""));
    if (git.is_absolute()) path += ":" + git.parent_path().native();
    return path;
}

std::vector<std::string> dropped_settings(const Environment& user, const project::GoEnv& settings) {
    std::vector<std::string> dropped;
    for (const char* name : {"GOEXPERIMENT", "GOFLAGS"})
        if (!user.non_empty(name) && !settings.get(name).empty())
            dropped.push_back(std::string{name} + " (of Go's env file)");
    for (const std::string& entry : user.entries()) {
        const std::string_view name = std::string_view{entry}.substr(0, entry.find('='));
        const bool is_go = name.starts_with("GO") && !name.starts_with("GOV_");
        const bool is_cgo = name.starts_with("CGO_") || name.starts_with("CC_FOR_");
        if ((is_go || is_cgo) && !contains(network_settings, name) && !contains(answered, name) &&
            !toolchain::is_collector_setting(name) && user.non_empty(name))
            dropped.emplace_back(name);
    }
    return dropped;
}

// `entry` without the credentials of its URLs, which commas and bars part.
std::string uncredited(std::string_view entry) {
    std::string shown;
    while (!entry.empty()) {
        const std::string_view url = entry.substr(0, entry.find_first_of(",|", 1));
        shown += download::without_credentials(url);
        entry.remove_prefix(url.size());
    }
    return shown;
}

}  // namespace

BuildEnvironment build_environment(const Environment& user, const fs::path& goroot,
                                   std::vector<fs::path> goroots) {
    goroots.push_back(goroot);
    const project::GoEnv settings{user, goroots};
    Environment variables;
    for (const std::string_view name : passed_on)
        if (const auto value = user.get(name)) variables.set(name, std::string{*value});
    for (const std::string_view name : network_settings)
        if (std::string value = settings.get(name); !value.empty())
            variables.set(name, std::move(value));
    variables.set("GOTOOLCHAIN", "local");
    variables.set("GOROOT", goroot.native());
    variables.set("GOENV", "off");
    variables.set("GOFLAGS", "");
    variables.set("CGO_ENABLED", "0");
    variables.set("GOCACHE", build_cache(settings, user));
    variables.set("GOMODCACHE", module_cache(settings, user));
    variables.set("LC_ALL", "C");
    variables.set("TZ", "UTC");
    variables.set("PATH", search_path(user, goroot));
    return {std::move(variables), dropped_settings(user, settings)};
}

std::string build_cache_of(const Environment& user) {
    return build_cache(project::GoEnv{user, {}}, user);
}

std::vector<std::string> shown_entries(const Environment& environment) {
    std::vector<std::string> shown;
    for (const std::string& entry : environment.entries()) shown.push_back(uncredited(entry));
    return shown;
}

}  // namespace gov::cross
