// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claim: what a project asks its user's consent to: the bytes of its file and of its .env files.

#include "project/project_file.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::trust {

struct Claim {
    struct File {
        std::string name;                    // as the project names it
        std::optional<std::string> content;  // nullopt: there is no such file

        bool operator==(const File&) const = default;
    };

    std::filesystem::path path;  // of the .gotoolchain.toml, its directory without links
    std::vector<File> files;     // the .gotoolchain.toml first, then the .env files in their order

    // The SHA-256, in hex, of names and contents, each after its length: the same wherever the
    // project is checked out. Throws Error where libcrypto is missing.
    std::string trust_hash() const;
};

// The claim of the project's file `path` with the content `text`, which says `file`; its .env files
// are read here. Throws Error (ExitCode::usage) for one that is there and no readable regular file
// of at most 64 KiB.
Claim read_claim(const std::filesystem::path& path, const std::string& text,
                 const project::ProjectFile& file);

// Where `path` is, its directory without links: the name that consent to it goes by. Throws Error.
std::filesystem::path claimed_path(const std::filesystem::path& path);

// The file that the project's file `path` calls `name`.
std::filesystem::path dotenv_path(const std::filesystem::path& path, const std::string& name);

}  // namespace gov::trust
