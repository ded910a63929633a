// SPDX-License-Identifier: Apache-2.0
#pragma once
// The stand-in: a directory whose go and gofmt are gov itself. First on PATH it keeps any other Go
// from building a project whose own is missing.

#include "base/environment.hpp"
#include "store/places.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace gov::activation {

// The tools that gov answers for when it is called by their name.
inline constexpr std::array<std::string_view, 2> shim_names{"go", "gofmt"};

// What making shims may replace: anything, or only links that lead to gov or to nowhere.
enum class Replace { anything, own_links };

// Makes a link to `program` under each name in `directory`. Throws Error: it cannot be made, or
// something else is in its place.
void make_shims(const std::filesystem::path& directory, const std::string& program,
                Replace replace);

// Removes the links to this program from `directory`; how many there were. Throws Error.
std::size_t remove_shims(const std::filesystem::path& directory);

// Makes $GOV_HOME/shims whole: a link to this program under each name. Throws Error.
void prepare_stand_in(const store::Places& places, const base::Environment& environment);

}  // namespace gov::activation
