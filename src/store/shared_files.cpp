// SPDX-License-Identifier: Apache-2.0
#include "store/shared_files.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "store/installed.hpp"
#include "store/receipt.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace gov::store {

using toolchain::GoVersion;

namespace {

constexpr std::size_t most_toolchains = 2;  // to look into; further ones have little in common
constexpr mode_t write_bits = 0222;

bool is_shareable(std::string_view name) {
    return name.starts_with("src/") || name.starts_with("lib/");
}

// How far `other` is from `version`: the same line first, then older lines.
bool is_nearer(const GoVersion& version, const GoVersion& a, const GoVersion& b) {
    const bool same_a = a.language() == version.language();
    const bool same_b = b.language() == version.language();
    return same_a != same_b ? same_a : a > b;
}

// The installed file if it has exactly this content and mode (but for write bits).
base::UniqueFd open_same(int root, const std::string& name, unsigned mode, base::Bytes content) {
    base::UniqueFd fd{::openat(root, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    struct stat status;
    if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    if (status.st_size != std::ssize(content) ||
        (status.st_mode & 07777 & ~write_bits) != (mode & ~write_bits))
        return {};
    thread_local std::vector<std::uint8_t> buffer;
    buffer.resize(content.size() + 1);
    if (::read(fd.get(), buffer.data(), buffer.size()) != std::ssize(content) ||
        !std::equal(content.begin(), content.end(), buffer.begin()))
        return {};
    return fd;
}

// A new file with the storage of the one behind `fd`, until either is written to. False where this
// file system cannot.
bool reflink(int fd, int root, const std::string& name, unsigned mode) {
    const base::UniqueFd copy{
        ::openat(root, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (!copy) throw base::system_error(base::format("making the file {}", name), errno);
    if (::ioctl(copy.get(), FICLONE, fd) == 0) return true;
    ::unlinkat(root, name.c_str(), 0);
    return false;
}

// Gives the very file behind `fd`, from now on without write bits, another name. False where this
// file system cannot.
bool hard_link(int fd, int root, const std::string& name, unsigned mode) {
    if (::fchmod(fd, mode & ~write_bits) != 0) return false;
    const std::string self = base::format("/proc/self/fd/{}", fd);
    if (::linkat(AT_FDCWD, self.c_str(), root, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    if (errno == EMLINK || errno == EPERM || errno == EXDEV || errno == ENOENT) return false;
    throw base::system_error(base::format("making the file {}", name), errno);
}

// Whether people may edit its files: then they are nobody else's, and keep their write bits.
bool is_editable(const Places& places, const GoVersion& version) {
    try {
        const auto receipt = read_receipt(places, version);
        return receipt && receipt->editable;
    } catch (const base::Error&) {
        return true;
    }
}

// Sharing is a saving, not a need: a damaged manifest is as good as none.
std::optional<Manifest> read_if_whole(const Places& places, const GoVersion& version) {
    try {
        return Manifest::read(places, version);
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

}  // namespace

SharedFiles::SharedFiles(const Places& places, const GoVersion& version) {
    std::vector<store::Toolchain> candidates = installed(places);
    std::ranges::sort(candidates, [&](const store::Toolchain& a, const store::Toolchain& b) {
        return is_nearer(version, a.version, b.version);
    });
    for (const store::Toolchain& candidate : candidates) {
        if (nearest_.size() == most_toolchains) return;
        if (is_editable(places, candidate.version)) continue;
        auto manifest = read_if_whole(places, candidate.version);
        base::UniqueFd root{::open(candidate.goroot.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        if (!manifest || !root) continue;
        nearest_.push_back({std::move(root), std::move(*manifest)});
        has_same_line_ = has_same_line_ || candidate.version.language() == version.language();
    }
}

bool SharedFiles::link(int root, const std::string& name, unsigned mode, const base::Digest& digest,
                       base::Bytes content) const {
    if (nearest_.empty() || !is_shareable(name)) return false;
    const std::string hex = base::to_hex(digest);
    for (const Toolchain& toolchain : nearest_) {
        const auto found = toolchain.manifest.hashes().find(name);
        if (found == toolchain.manifest.hashes().end() || found->second != hex) continue;
        const base::UniqueFd same = open_same(toolchain.root.get(), name, mode, content);
        if (same &&
            (reflink(same.get(), root, name, mode) || hard_link(same.get(), root, name, mode)))
            return true;
    }
    return false;
}

}  // namespace gov::store
