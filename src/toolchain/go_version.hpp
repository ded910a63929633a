// SPDX-License-Identifier: Apache-2.0
#pragma once
// GoVersion: a version of Go with Go's own grammar and order (internal/gover/gover.go).

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace gov::toolchain {

// major[.minor[.patch | kind pre]], with or without "go" before it: go1.22.6, 1.21, go1.23rc2.
// Numbers have no leading zeros and any length up to the 32 bytes a whole version may have.
class GoVersion {
public:
    // nullopt: not a version.
    static std::optional<GoVersion> parse(std::string_view text);
    // Without "go", and with any prerelease kind: what the go command takes for a version in go.mod
    // (internal/gover: Parse), though nothing was ever published so: 1.22gamma1, 1.22rc.
    static std::optional<GoVersion> parse_as_go(std::string_view text);
    // Throws Error (ExitCode::usage) that names `text` and what a version looks like.
    static GoVersion require(std::string_view text);

    // The version of a toolchain by its name: "go1.22.3", also "go1.22.3-bigcorp" and whatever else
    // follows a blank or a dash. nullopt: no toolchain's name (cmd/go: gover.FromToolchain).
    static std::optional<GoVersion> of_toolchain(std::string_view name);

    // As releases are named: "go1.22.6", and "go1.20" also for 1.20.0, which was published so.
    std::string name() const { return "go" + number(); }
    // The name without "go".
    std::string number() const;
    // The language version, without "go": "1.22" for go1.22.6; "1" for 1.0, as Go has it.
    std::string language() const {
        return major_ == "1" && minor_ == "0" ? major_ : major_ + "." + minor_;
    }

    // From 1.21 on 1.N without a patch names the language; its first release is 1.N.0.
    bool is_language_only() const;
    bool is_prerelease() const noexcept { return !kind_.empty(); }

    // Go's order: 1.20rc1 < 1.20 == 1.20.0 < 1.21 < 1.21rc1 < 1.21.0.
    std::strong_ordering operator<=>(const GoVersion& other) const;
    bool operator==(const GoVersion& other) const { return (*this <=> other) == 0; }

private:
    std::string major_;
    std::string minor_;
    std::string patch_;  // empty from 1.21 on where none is given, as Go has it
    std::string kind_;   // "alpha", "beta", "rc" or empty
    std::string pre_;
};

}  // namespace gov::toolchain
