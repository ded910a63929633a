// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules that prove an artifact: that it is what was asked for.

#include "cross/artifact.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cross {

struct Expectation {
    std::string os;          // GOOS
    std::string arch;        // GOARCH
    std::string go_version;  // as build information spells it: "go1.22.6"
    bool cgo = false;
    bool trimpath = true;
    std::string package = {};  // import path of package main; empty: not checked
    std::vector<std::pair<std::string, std::string>> settings = {};  // further ones: GOAMD64 = v3
};

struct Finding {
    // Which rule: "format", "machine", "os", "kind", "build-info", "go-version", "target", "cgo",
    // "trimpath", "package", "settings", "signature".
    std::string_view rule;
    std::string message;
};

// What about `artifact` is not as asked, in the order of the rules; empty: it is what was asked
// for. Of a universal file the slice for `wanted.arch` counts. Releases before Go 1.18 record no
// settings, so that for their artifacts the headers decide alone.
std::vector<Finding> verify(const Artifact& artifact, const Expectation& wanted);

// The format of programs for GOOS `os`; nullopt for one that gov cannot read (plan9, aix).
std::optional<Format> format_for(std::string_view os) noexcept;

}  // namespace gov::cross
