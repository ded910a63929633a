// SPDX-License-Identifier: Apache-2.0
#pragma once
// The reference of a modification time: an empty file that has exactly that time, so that a shell
// can tell with -nt and -ot alone whether another file still has it.

#include "store/places.hpp"

#include <filesystem>
#include <optional>
#include <string>

#include <time.h>

namespace gov::activation {

// The path of the reference of `modified`, which is made if it is missing. References are shared by
// all shells and never change. nullopt where none can be made, or the file system keeps coarser
// times.
std::optional<std::string> reference_of(const timespec& modified, const store::Places& places);

// The directory that they are in. Any of them may be removed at any time: a shell that holds an
// answer with it then asks once more.
std::filesystem::path reference_directory(const store::Places& places);

}  // namespace gov::activation
