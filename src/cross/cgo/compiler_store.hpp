// SPDX-License-Identifier: Apache-2.0
#pragma once
// Compilers that `gov cross cc install` has put below gov's home, each with the hash of its tree.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

struct InstalledZig {
    std::string version;            // "0.17.1"
    std::filesystem::path program;  // below `folder`
    std::string hash;               // "h1:…", of every file (golang.org/x/mod/sumdb/dirhash)
    std::string from;               // what it was installed from
};

// Every zig below `folder`, newest first; does not look into them.
std::vector<InstalledZig> installed_zigs(const std::filesystem::path& folder);

// The newest of them; nullopt where there is none. Throws Error (ExitCode::verification) where its
// program is not the one that was installed.
std::optional<InstalledZig> newest_installed_zig(const std::filesystem::path& folder);

// Puts the zig of `from` below `folder`: a directory, or an archive that ziglang.org (.tar.xz) or
// Python's index (.whl) has. Returns what was installed; where the same version is there already,
// that, if it has the same content. Throws Error: no zig in it, or another content than was
// recorded for that version (ExitCode::verification), which is then left as it was.
InstalledZig install_zig(const std::filesystem::path& from, const std::filesystem::path& folder);

// What is wrong with the files of `zig`; empty where they have the hash that was recorded.
std::string trouble_with(const InstalledZig& zig);

}  // namespace gov::cross
