// SPDX-License-Identifier: Apache-2.0
#pragma once
// Landmark: a file around a directory that can have a say in its Go version.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <time.h>

namespace gov::activation {

struct Landmark {
    // What it is, in the order of landmark_names.
    enum class Kind { pin_file, version_file, tool_versions, go_work, go_mod };

    Kind kind = Kind::pin_file;
    std::string path;
    timespec modified;
    bool is_directory = false;

    bool is_pin_file() const noexcept { return kind == Kind::pin_file; }
    // Without the slash after it.
    std::string_view directory() const noexcept {
        return std::string_view{path}.substr(0, path.rfind('/'));
    }
};

// The names of landmarks. The hooks in shell/ look for the same names in the same order.
inline constexpr std::array<std::string_view, 5> landmark_names{
    ".gotoolchain.toml", ".go-version", ".tool-versions", "go.work", "go.mod"};

// A link by a landmark's name that leads nowhere, so that it counts as absent.
struct DeadLink {
    std::string path;
    bool is_loop = false;
};

// What a walk upward finds, nearest first.
struct Surroundings {
    std::vector<Landmark> landmarks;
    std::vector<DeadLink> dead_links;
};

// What is in `directory` and above it. The walk is textual, as the shell's own $PWD is; a name that
// cannot be looked at counts as absent, as it does for the shell.
Surroundings surroundings_of(std::string_view directory);

// Of that the landmarks.
std::vector<Landmark> landmarks_of(std::string_view directory);

// Those of `landmarks` that the hooks look for: their walk ends with the nearest directory that has
// a .gotoolchain.toml.
std::span<const Landmark> within_walk(std::span<const Landmark> landmarks);

}  // namespace gov::activation
