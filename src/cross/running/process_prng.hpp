// SPDX-License-Identifier: Apache-2.0
#pragma once
// ProcessPrng: the function of Windows that Go programs start with and that older Wine lacks.

#include <filesystem>
#include <string>
#include <string_view>

namespace gov::cross {

// A bcryptprimitives.dll for 386 or amd64, without any code: its ProcessPrng is RtlGenRandom of
// advapi32, which takes the same arguments and means the same by its result. Go 1.21 and later look
// for it (runtime/os_windows.go), in the system's directory alone; Wine has it since 9.0.
std::string process_prng_library(std::string_view arch);

// Puts the library into the Wine prefix `prefix` wherever programs of `arch` look and none is.
// Throws Error.
void provide_process_prng(const std::filesystem::path& prefix, std::string_view arch);

}  // namespace gov::cross
