// SPDX-License-Identifier: Apache-2.0
#include "download/access.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include <arpa/inet.h>

namespace gov::download {

using base::Error;
using base::ExitCode;

namespace {

constexpr std::array<std::string_view, 5> proxy_schemes{"http", "https", "socks5", "socks5h",
                                                        "socks4a"};

// The first of the variables that is set; as httpproxy's getEnvAny.
std::string first_of(const base::Environment& environment,
                     std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (const auto value = environment.non_empty(name)) return std::string{*value};
    return {};
}

// `proxy` as libcurl takes it. A bare host means http, and, as in Go, the proxy looks names up.
std::string checked_proxy(std::string proxy) {
    if (proxy.empty()) return proxy;
    if (proxy.find("://") == std::string::npos) proxy = "http://" + proxy;
    const std::string_view scheme = std::string_view{proxy}.substr(0, proxy.find(':'));
    if (std::ranges::find(proxy_schemes, scheme) == proxy_schemes.end())
        throw Error{base::format("the proxy {} is none that can be used", shown_url(proxy)),
                    "http, https and socks5 URLs can be set as HTTPS_PROXY and HTTP_PROXY",
                    ExitCode::usage};
    if (scheme == "socks5") proxy.replace(0, scheme.size(), "socks5h");
    return proxy;
}

// An address in sixteen bytes, IPv4 as a mapped one.
using Address = std::array<std::uint8_t, 16>;

std::optional<Address> address_of(const std::string& text) {
    Address address{};
    if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
    address[10] = address[11] = 0xFF;
    if (::inet_pton(AF_INET, text.c_str(), address.data() + 12) == 1) return address;
    return std::nullopt;
}

bool in_network(const Address& address, std::string_view network) {
    const auto slash = network.find('/');
    const std::string base_text{network.substr(0, slash)};
    const auto base_address = address_of(base_text);
    unsigned bits = 0;
    const std::string_view digits = network.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (!base_address || error != std::errc{} || end != digits.data() + digits.size()) return false;
    if (base_text.find(':') == std::string::npos) bits += 96;
    if (bits > 128) return false;
    for (unsigned bit = 0; bit < bits; ++bit)
        if (((address[bit / 8] ^ (*base_address)[bit / 8]) >> (7 - bit % 8) & 1U) != 0)
            return false;
    return true;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// Whether the entry `rule` of NO_PROXY is about `host` and `port` (httpproxy: config.init).
bool exempts(std::string rule, const std::string& host, std::string_view port) {
    if (rule == "*") return true;
    const auto address = address_of(host);
    if (rule.find('/') != std::string::npos) return address && in_network(*address, rule);
    if (!address_of(rule)) {
        const auto colon = rule.rfind(':');
        if (colon != std::string::npos && rule.find(']', colon) == std::string::npos) {
            if (std::string_view{rule}.substr(colon + 1) != port) return false;
            rule.resize(colon);
        }
        if (rule.starts_with('[') && rule.ends_with(']')) rule = rule.substr(1, rule.size() - 2);
    }
    if (const auto wanted = address_of(rule)) return address == wanted;
    if (rule.starts_with("*.")) rule.erase(0, 1);
    if (rule.starts_with('.')) return host.ends_with(rule);
    return !rule.empty() && (host == rule || host.ends_with("." + rule));
}

bool is_this_machine(const std::string& host) {
    if (host == "localhost") return true;
    const auto address = address_of(host);
    return address && (in_network(*address, "127.0.0.0/8") || in_network(*address, "::1/128"));
}

std::chrono::seconds patience_of(const base::Environment& environment) {
    constexpr unsigned longest = 3600;
    const auto text = environment.non_empty("GOV_TIMEOUT");
    if (!text) return Access{}.patience;
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
    if (error != std::errc{} || end != text->data() + text->size() || seconds == 0 ||
        seconds > longest)
        throw Error{"GOV_TIMEOUT is no number of seconds",
                    base::format("set it to a number from 1 to {}, or unset it", longest),
                    ExitCode::usage};
    return std::chrono::seconds{seconds};
}

}  // namespace

Access Access::of(const base::Environment& environment) {
    Access access;
    const std::string any = first_of(environment, {"ALL_PROXY", "all_proxy"});
    // In a CGI program HTTP_PROXY is a header that the client sent (golang.org/s/cgihttpproxy).
    const bool is_cgi = environment.non_empty("REQUEST_METHOD").has_value();
    access.http_proxy = is_cgi ? first_of(environment, {"http_proxy"})
                               : first_of(environment, {"HTTP_PROXY", "http_proxy"});
    access.https_proxy = first_of(environment, {"HTTPS_PROXY", "https_proxy"});
    for (std::string* proxy : {&access.http_proxy, &access.https_proxy})
        *proxy = checked_proxy(proxy->empty() ? any : *proxy);
    access.no_proxy = first_of(environment, {"NO_PROXY", "no_proxy"});
    access.certificate_file = first_of(environment, {"SSL_CERT_FILE"});
    access.certificate_directory = first_of(environment, {"SSL_CERT_DIR"});
    access.netrc_file = first_of(environment, {"NETRC"});
    access.patience = patience_of(environment);
    return access;
}

std::string Access::proxy_for(std::string_view url) const {
    const Origin origin = origin_of(url);
    const std::string& proxy = origin.scheme == "https" ? https_proxy : http_proxy;
    if (proxy.empty() || origin.scheme == "file") return {};
    const std::string host = lower(origin.host);
    if (is_this_machine(host)) return {};
    std::string_view rest = no_proxy;
    while (!rest.empty()) {
        const std::string_view entry = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        const auto first = entry.find_first_not_of(" \t");
        if (first == std::string_view::npos) continue;
        const auto last = entry.find_last_not_of(" \t");
        if (exempts(lower(entry.substr(first, last - first + 1)), host, origin.port)) return {};
    }
    return proxy;
}

}  // namespace gov::download
