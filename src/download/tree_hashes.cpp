// SPDX-License-Identifier: Apache-2.0
#include "download/tree_hashes.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/threads.hpp"
#include "base/unique_fd.hpp"
#include "toolchain/module_files.hpp"

#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::download {

namespace fs = std::filesystem;

namespace {

std::vector<HashedFile> list_files(const fs::path& root) {
    std::vector<HashedFile> files;
    const std::size_t prefix = root.native().size() + 1;
    try {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator{root})
            if (entry.is_symlink() || !entry.is_directory())
                files.push_back({entry.path().native().substr(prefix), {}});
    } catch (const fs::filesystem_error& error) {
        throw base::system_error(base::format("reading {}", error.path1().native()),
                                 error.code().value());
    }
    return files;
}

bool has_right_mode(const struct stat& status, std::string_view name) {
    constexpr mode_t write_bits = 0222;  // a file shared between toolchains has none
    return (status.st_mode & 07777 & ~write_bits) == (toolchain::file_mode(name) & ~write_bits);
}

std::string hash_of(const fs::path& path, std::string_view name, Modes modes, base::Sha256& hash) {
    base::throw_if_interrupted();
    const base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    struct stat status;
    if (!fd && errno == ELOOP) return "a link";
    if (!fd || ::fstat(fd.get(), &status) != 0)
        throw base::system_error(base::format("reading {}", path.native()), errno);
    if (!S_ISREG(status.st_mode)) return "no file";
    if (modes == Modes::count && !has_right_mode(status, name)) return "another mode";
    std::array<std::uint8_t, 65536> buffer;
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
        if (got < 0) throw base::system_error(base::format("reading {}", path.native()), errno);
        if (got == 0) return base::to_hex(hash.finish());
        hash.update(base::Bytes{buffer}.first(static_cast<std::size_t>(got)));
    }
}

}  // namespace

std::vector<HashedFile> hash_tree(const fs::path& root, Modes modes) {
    std::vector<HashedFile> files = list_files(root);
    std::atomic<std::size_t> next = 0;
    base::on_threads(base::cores(), [&] {
        base::Sha256 hash;
        for (std::size_t i = next++; i < files.size(); i = next++)
            files[i].hash = hash_of(root / files[i].name, files[i].name, modes, hash);
    });
    return files;
}

}  // namespace gov::download
