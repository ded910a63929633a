// SPDX-License-Identifier: Apache-2.0
#pragma once
// GOPROXY and GOSUMDB: the lists and names the go command takes them for.

#include <string>
#include <string_view>
#include <vector>

namespace gov::download {

// One entry of GOPROXY (cmd/go/internal/modfetch/proxy.go: proxyList).
struct ModuleProxy {
    std::string url;                       // without a final slash; empty for "off"
    bool falls_through_any_error = false;  // followed by '|'; by ',' only 404 and 410 fall through
    bool is_direct = false;                // Go's own site, which no proxy stands before
};

// The proxies of a GOPROXY value, up to "off", which stays as an entry without URL. "direct"
// means Go's own site (the go-import answer of golang.org/toolchain). Throws Error
// (ExitCode::usage) for an entry that is no https, http or file URL, or http with credentials.
std::vector<ModuleProxy> parse_proxies(std::string_view goproxy);

// What GOSUMDB names (cmd/go/internal/modfetch/sumdb.go: dbDial).
struct DatabaseSetting {
    std::string key;  // a verifier key: name+hash+base64
    std::string url;  // to use instead of proxies; empty: none given
};

// Throws Error: ExitCode::verification for "off", which would leave releases unproved, and
// ExitCode::usage for a name whose key is not known.
DatabaseSetting parse_gosumdb(std::string_view gosumdb);

}  // namespace gov::download
