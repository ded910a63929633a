// SPDX-License-Identifier: Apache-2.0
#include "trust/claim.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::trust {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t size_limit = 64 * 1024;

std::optional<std::string> read_dotenv(const fs::path& path) {
    try {
        return base::read_file(path, size_limit);
    } catch (const base::Error& error) {
        throw base::Error{base::printable(error.what()),
                          "a .env file is a readable regular file of at most 64 KiB",
                          base::ExitCode::usage};
    }
}

// Eight bytes, the lowest first.
std::string spelled(std::size_t length) {
    std::string bytes;
    for (unsigned shift = 0; shift < 64; shift += 8)
        bytes += static_cast<char>((std::uint64_t{length} >> shift) & 0xFFU);
    return bytes;
}

}  // namespace

std::string Claim::trust_hash() const {
    std::string message{"gov-trust-1\0", 12};
    for (const File& file : files) {
        message += spelled(file.name.size()) + file.name;
        message += file.content ? '+' : '-';
        if (file.content) message += spelled(file.content->size()) + *file.content;
    }
    return base::to_hex(base::sha256(base::as_bytes(message)));
}

fs::path claimed_path(const fs::path& path) {
    std::error_code failure;
    const fs::path directory = fs::canonical(path.parent_path(), failure);
    if (failure)
        throw base::system_error(
            base::format("looking at {}", base::printable(path.parent_path().native())),
            failure.value());
    return directory / path.filename();
}

fs::path dotenv_path(const fs::path& path, const std::string& name) {
    return path.parent_path() / name;
}

Claim read_claim(const fs::path& path, const std::string& text, const project::ProjectFile& file) {
    Claim claim{claimed_path(path), {{path.filename(), text}}};
    for (const std::string& name : file.dotenv)
        claim.files.push_back({name, read_dotenv(dotenv_path(path, name))});
    return claim;
}

}  // namespace gov::trust
