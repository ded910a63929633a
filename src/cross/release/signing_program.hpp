// SPDX-License-Identifier: Apache-2.0
#pragma once
// call_signing_program(): minisign, ssh-keygen or gpg, as signing and checking need them.

#include "base/environment.hpp"
#include "base/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gov::cross {

// What ssh signatures are for (ssh-keygen(1), -n): others' uses of the same key do not fit.
inline constexpr const char* ssh_namespace = "file";

// Runs `program` with `words` in `directory`, and returns how it ended. Throws Error:
// ExitCode::missing_dependency, naming its package, where it is not on the PATH of `environment`.
base::ProcessResult call_signing_program(const std::string& program, std::vector<std::string> words,
                                         const std::filesystem::path& directory,
                                         const base::Environment& environment);

// The words for sh that have ssh-keygen run with `words` and read `file`, which it takes from its
// standard input alone.
std::vector<std::string> ssh_keygen_reading(const std::filesystem::path& file,
                                            const std::vector<std::string>& words);

}  // namespace gov::cross
