// SPDX-License-Identifier: Apache-2.0
#include "download/proxy_list.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "download/url.hpp"
#include "proof/verifier.hpp"

namespace gov::download {

using base::Error;
using base::ExitCode;

namespace {

// Where the go-import meta tag of golang.org/toolchain leads.
constexpr std::string_view direct_url = "https://go.dev/dl/mod";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// `entry` of the variable `name` as a URL. Throws Error (ExitCode::usage).
std::string checked_url(std::string_view name, std::string_view entry) {
    std::string url{entry};
    // As in cmd/go: a bare host name means https; words without a dot, colon or slash are reserved.
    if (url.find(":/") == std::string::npos && url[0] != '.' && url[0] != '/' &&
        url.find_first_of(".:/") != std::string::npos)
        url = "https://" + url;
    while (url.ends_with('/')) url.pop_back();
    const bool known =
        url.starts_with("https://") || url.starts_with("http://") || url.starts_with("file:///");
    if (!known)
        throw Error{base::format("{} has an entry that is no URL: \"{}\"", name, shown_url(entry)),
                    "it takes https, http and file URLs, and GOPROXY also the words direct and off",
                    ExitCode::usage};
    const bool credentials = url.substr(0, url.find('/', 8)).find('@') != std::string::npos;
    if (credentials && url.starts_with("http://"))
        throw Error{
            base::format("{} would send a password in the clear to {}", name, shown_url(url)),
            "use https for it", ExitCode::usage};
    return url;
}

}  // namespace

std::vector<ModuleProxy> parse_proxies(std::string_view goproxy) {
    std::vector<ModuleProxy> proxies;
    while (!goproxy.empty()) {
        const auto end = goproxy.find_first_of(",|");
        const std::string_view entry = trimmed(goproxy.substr(0, end));
        const bool any_error = end != std::string_view::npos && goproxy[end] == '|';
        goproxy.remove_prefix(end == std::string_view::npos ? goproxy.size() : end + 1);
        if (entry.empty()) continue;
        if (entry == "off") {
            proxies.push_back({});
            return proxies;
        }
        const bool direct = entry == "direct";
        proxies.push_back(
            {direct ? std::string{direct_url} : checked_url("GOPROXY", entry), any_error, direct});
    }
    return proxies;
}

DatabaseSetting parse_gosumdb(std::string_view gosumdb) {
    const std::string_view setting = trimmed(gosumdb);
    if (setting == "off")
        throw Error{
            "the checksum database is turned off by GOSUMDB=off, so nothing can prove the release",
            "unset GOSUMDB; or verify = \"index\" in the user's config, see gov-config(5)",
            ExitCode::verification};
    const std::string_view name = setting.substr(0, setting.find_first_of(" \t"));
    std::string url{trimmed(setting.substr(name.size()))};
    if (url.find_first_of(" \t") != std::string::npos)
        throw Error{"GOSUMDB has more than a name and a URL", "see go help environment",
                    ExitCode::usage};
    if (!url.empty()) url = checked_url("GOSUMDB", url);
    std::string key{name};
    if (name.empty() || name == "sum.golang.org" || name == "sum.golang.google.cn")
        key = proof::sum_golang_org_key;
    else if (name.find('+') == std::string_view::npos)
        throw Error{base::format("GOSUMDB names {}, whose key is not known", shown_url(name)),
                    "give its whole key: name+hash+key", ExitCode::usage};
    if (name == "sum.golang.google.cn" && url.empty()) url = "https://sum.golang.google.cn";
    return {std::move(key), std::move(url)};
}

}  // namespace gov::download
