// SPDX-License-Identifier: Apache-2.0
#pragma once
// URLs as gov shows and judges them.

#include <string>
#include <string_view>

namespace gov::download {

// `url`, which may stand behind other text, without its user name and password.
std::string without_credentials(std::string_view url);

// `url` as messages may show it: without user name and password, control characters spelled out.
std::string shown_url(std::string_view url);

// The parts of a URL that say who is asked, and as whom.
struct Origin {
    std::string_view scheme;
    std::string_view user;  // with the password: "ada:secret"; empty for none
    std::string_view host;  // IPv6 addresses without brackets
    std::string_view port;  // the scheme's own where the URL has none

    bool is_same_server(const Origin& other) const noexcept {
        return scheme == other.scheme && host == other.host && port == other.port;
    }
};

// Views into `url`; empty parts where it has none.
Origin origin_of(std::string_view url) noexcept;

// Where a redirect from `url` to `target` leads: http and https URLs, and never from https to
// http. Credentials in `url` go along to the same server only. Throws Error (ExitCode::unreachable)
// for any other.
std::string redirected(const std::string& url, const std::string& target);

// Whether `url` is http to this machine itself (127.0.0.0/8, ::1, localhost).
bool is_loopback_http(std::string_view url);

// Where the download site or mirror with the base URL `mirror` has its release index: a mirror that
// is a plain directory cannot answer to a query.
std::string index_url(const std::string& mirror);
inline constexpr std::size_t largest_index = std::size_t{32} << 20U;  // in bytes

}  // namespace gov::download
