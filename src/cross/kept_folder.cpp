// SPDX-License-Identifier: Apache-2.0
#include "cross/kept_folder.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"

#include <cerrno>

#include <fcntl.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

base::FileLock locked(const fs::path& path) {
    base::make_private_directory(path);
    return base::FileLock::wait_for(path / "lock", std::chrono::hours{1}, [] {});
}

}  // namespace

fs::path kept_folder_of(const fs::path& directory, const base::Environment& environment) {
    fs::path caches;
    if (const auto place = environment.non_empty("XDG_CACHE_HOME"))
        caches = *place;
    else if (const auto home = environment.non_empty("HOME"))
        caches = fs::path{*home} / ".cache";
    else
        throw base::Error{"no place for what is built: HOME is not set", "set HOME",
                          base::ExitCode::usage};
    const base::Digest name = base::sha256(base::as_bytes(fs::absolute(directory).native()));
    return caches / "gov/cross" / base::to_hex({name.data(), 8});
}

void write_kept_file(const fs::path& path, std::string_view content) {
    const base::UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (!fd) throw base::system_error("writing " + path.native(), errno);
    base::write_all(fd.get(), base::as_bytes(content), path.native());
}

KeptFolder::KeptFolder(fs::path path) : path_{std::move(path)}, lock_{locked(path_)} {}

}  // namespace gov::cross
