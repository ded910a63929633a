// SPDX-License-Identifier: Apache-2.0
#pragma once
// UPX, which makes programs smaller that unpack themselves when they start.

#include "cross/build.hpp"

#include <filesystem>
#include <string_view>

namespace gov::cross {

// The upx on `path` (a PATH value). Throws Error (ExitCode::missing_dependency) where there is
// none.
std::filesystem::path find_upx(std::string_view path);

// Packs the proved artifact `file` of `outcome` by the program `upx`; afterwards the size is that
// of the packed file, and packed_from is the digest before. Programs for macOS, which would not
// start any more, stay as they are. Throws Error where upx cannot pack it: then `file` is gone.
void pack(const std::filesystem::path& file, const std::filesystem::path& upx,
          BuildOutcome& outcome);

}  // namespace gov::cross
