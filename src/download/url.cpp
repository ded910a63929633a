// SPDX-License-Identifier: Apache-2.0
#include "download/url.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::download {

std::string without_credentials(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::string{url};
    const std::string_view rest = url.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const auto at = authority.rfind('@');
    const auto begin = at == std::string_view::npos ? 0 : at + 1;
    return std::string{url.substr(0, scheme + 3)}.append(rest.substr(begin));
}

std::string shown_url(std::string_view url) {
    return base::printable(without_credentials(url));
}

Origin origin_of(std::string_view url) noexcept {
    Origin origin;
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return origin;
    origin.scheme = url.substr(0, scheme);
    std::string_view rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        origin.user = rest.substr(0, at);
        rest.remove_prefix(at + 1);
    }
    const auto closing = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
    const auto colon = rest.find(':', closing == std::string_view::npos ? 0 : closing);
    origin.host =
        closing == std::string_view::npos ? rest.substr(0, colon) : rest.substr(1, closing - 1);
    if (colon != std::string_view::npos) origin.port = rest.substr(colon + 1);
    if (origin.port.empty())
        origin.port = origin.scheme == "https" ? "443" : origin.scheme == "http" ? "80" : "";
    return origin;
}

std::string redirected(const std::string& url, const std::string& target) {
    const Origin from = origin_of(url);
    const Origin to = origin_of(target);
    const bool allowed = to.scheme == "https" || (to.scheme == "http" && from.scheme == "http");
    if (!allowed)
        throw base::Error{base::format("it redirects to {}, which is not followed",
                                       target.empty() ? std::string{"nowhere"} : shown_url(target)),
                          {},
                          base::ExitCode::unreachable};
    if (from.is_same_server(to)) {
        if (from.user.empty() || !to.user.empty()) return target;
        return base::format("{}://{}@{}", to.scheme, from.user,
                            target.substr(to.scheme.size() + 3));
    }
    if (!to.user.empty())
        throw base::Error{
            base::format("it redirects to {} with a password for it, which is not followed",
                         shown_url(target)),
            {},
            base::ExitCode::unreachable};
    return target;
}

std::string index_url(const std::string& mirror) {
    return mirror + (mirror.starts_with("file:") ? "/index.json" : "/?mode=json&include=all");
}

bool is_loopback_http(std::string_view url) {
    if (!url.starts_with("http://")) return false;
    std::string_view host = url.substr(7);
    host = host.substr(0, host.find('/'));
    if (host.find('@') != std::string_view::npos) return false;
    if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
    host = host.substr(0, host.find(':'));
    // 127.0.0.0/8 spelled as four decimals and nothing else: 127.evil.example is a name.
    return host == "localhost" || (host.starts_with("127.") &&
                                   host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace gov::download
