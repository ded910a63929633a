// SPDX-License-Identifier: Apache-2.0
#include "download/url.hpp"

#include "base/printable.hpp"

namespace gov::download {

std::string shown_url(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return base::printable(url);
    const std::string_view rest = url.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos) return base::printable(url);
    return base::printable(std::string{url.substr(0, scheme + 3)} +
                           std::string{rest.substr(at + 1)});
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
