// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rules that prove an artifact: that it is what was asked for.

#include "cross/artifact/artifact.hpp"
#include "cross/artifact/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gov::cross {

// What an artifact should be; what is empty is not checked.
struct Expectation {
    std::string os;          // GOOS
    std::string arch;        // GOARCH
    std::string go_version;  // as build information spells it: "go1.22.6"
    std::optional<bool> cgo = false;
    std::optional<bool> trimpath = true;
    std::string package = {};                                        // import path of package main
    std::vector<std::pair<std::string, std::string>> settings = {};  // further ones: GOAMD64 = v3
    bool is_program = true;                                          // not a library or an object
};

// What about `artifact` is not as asked, in the order of the rules, each an error; empty: it is
// what was asked for. Rules: "format", "machine", "os", "kind", "build-info", "go-version",
// "package", "target", "cgo", "trimpath", "settings", "signature". Of a universal file the slice
// for `wanted.arch` counts. Releases before Go 1.18 record no settings, so that for their artifacts
// the headers decide alone.
Findings verify(const Artifact& artifact, const Expectation& wanted);

// What `artifact` says it is, for one that nobody asked for: its headers and its build information
// must then agree.
Expectation expectation_of(const Artifact& artifact);

// The format of programs for GOOS `os`.
Format format_for(std::string_view os) noexcept;

// The slice of `artifact` for GOARCH `arch`, or the artifact itself.
const Artifact& part_for(const Artifact& artifact, std::string_view arch);

}  // namespace gov::cross
