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

std::string proxy_url(std::string_view entry) {
    if (entry == "direct") return std::string{direct_url};
    std::string url{entry};
    // As in cmd/go: a bare host name means https.
    if (url.find(":/") == std::string::npos && url[0] != '.' && url[0] != '/')
        url = "https://" + url;
    while (url.ends_with('/')) url.pop_back();
    const bool known =
        url.starts_with("https://") || url.starts_with("http://") || url.starts_with("file:///");
    if (!known)
        throw Error{base::format("GOPROXY has an entry that is no URL: \"{}\"", shown_url(entry)),
                    "entries are https, http or file URLs, direct or off", ExitCode::usage};
    const bool credentials = url.substr(0, url.find('/', 8)).find('@') != std::string::npos;
    if (credentials && url.starts_with("http://"))
        throw Error{
            base::format("GOPROXY would send a password in the clear to {}", shown_url(url)),
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
        proxies.push_back({proxy_url(entry), any_error});
    }
    return proxies;
}

DatabaseSetting parse_gosumdb(std::string_view gosumdb) {
    const std::string_view setting = trimmed(gosumdb);
    if (setting == "off")
        throw Error{
            "the checksum database is turned off by GOSUMDB=off, so nothing can prove the release",
            "unset GOSUMDB", ExitCode::verification};
    const std::string_view name = setting.substr(0, setting.find_first_of(" \t"));
    std::string url{trimmed(setting.substr(name.size()))};
    while (url.ends_with('/')) url.pop_back();
    if (url.find_first_of(" \t") != std::string::npos)
        throw Error{"GOSUMDB has more than a name and a URL", "see go help environment",
                    ExitCode::usage};
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
