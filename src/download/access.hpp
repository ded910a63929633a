// SPDX-License-Identifier: Apache-2.0
#pragma once
// Access: how this machine reaches others: proxies, certificates, and how long it waits.

#include "base/environment.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace gov::download {

// The proxy rules are those of Go's net/http (golang.org/x/net/http/httpproxy), so that gov gets
// out where go does; ALL_PROXY, which Go does not know, is used where no other is set.
struct Access {
    std::string http_proxy;             // for http URLs; empty: none
    std::string https_proxy;            // for https URLs
    std::string no_proxy;               // hosts that are asked without a proxy, comma-separated
    std::string certificate_file;       // SSL_CERT_FILE, SSL_CERT_DIR: as for Go; empty: the
    std::string certificate_directory;  // system's
    std::string netrc_file;             // NETRC; empty: ~/.netrc
    bool netrc_over_http = false;       // its passwords may go where others can read them
    std::chrono::seconds patience{20};  // how long nothing may come
    // Called about once a second, and more often while something comes, on the thread that asks: to
    // end that, it throws.
    std::function<void()> watch = {};

    // Throws Error (ExitCode::usage) for a proxy that is no URL, and a GOV_TIMEOUT that is no
    // number of seconds.
    static Access of(const base::Environment& environment);

    // The proxy that `url` is asked through; empty for none. This machine itself is never asked
    // through one.
    std::string proxy_for(std::string_view url) const;
};

}  // namespace gov::download
