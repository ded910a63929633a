// SPDX-License-Identifier: Apache-2.0
#pragma once
// sign_file(): a file signed by one of the programs that people have keys for.

#include "base/environment.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace gov::cross {

struct Signer {
    enum class Method { minisign, ssh, gpg, gpg_clear, command };

    Method method = Method::minisign;
    // A file for minisign and ssh, a user of gpg's key ring (empty: its default), or a command for
    // the shell, which finds the file in GOV_FILE and writes GOV_SIGNATURE.
    std::string key;
};

// "minisign:KEYFILE", "ssh:KEYFILE", "gpg", "gpg:USER", "gpg-clear:USER", "command:WORDS". Throws
// Error (ExitCode::usage) for another form.
Signer parse_signer(std::string_view text);

// Signs `file` and checks the signature back, by the public key beside the secret one for minisign
// and ssh. Returns the signature's path, beside `file`. The programs get `environment`, and ask for
// nothing. Throws Error: ExitCode::missing_dependency where there is no such program, else
// ExitCode::failed with its words.
std::filesystem::path sign_file(const std::filesystem::path& file, const Signer& signer,
                                const base::Environment& environment);

}  // namespace gov::cross
