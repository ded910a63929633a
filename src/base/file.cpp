// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::base {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(std::string_view doing, const fs::path& path) {
    throw system_error(base::format("{} {}", doing, path.native()), errno);
}

// Removes the file `path` when it goes out of scope, unless it was released.
class TemporaryName {
public:
    explicit TemporaryName(std::string path) : path_{std::move(path)} {}
    TemporaryName(const TemporaryName&) = delete;
    TemporaryName& operator=(const TemporaryName&) = delete;
    ~TemporaryName() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    void release() noexcept { path_.clear(); }

private:
    std::string path_;
};

enum class Content { synced, unsynced };

// Writes `content` aside and renames it over `path`.
void replace_file(const fs::path& path, std::string_view content, unsigned mode, Content is) {
    std::string name = path.native() + ".XXXXXX";
    const UniqueFd fd{::mkostemp(name.data(), O_CLOEXEC)};
    if (!fd) fail("writing", path);
    TemporaryName temporary{name};
    write_all(fd.get(), as_bytes(content), path.native());
    if (::fchmod(fd.get(), mode) != 0 || (is == Content::synced && ::fsync(fd.get()) != 0) ||
        ::rename(name.c_str(), path.c_str()) != 0)
        fail("writing", path);
    temporary.release();
}

}  // namespace

std::optional<UniqueFd> open_file(const fs::path& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (fd) return fd;
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("opening", path);
}

std::optional<std::string> read_file(const fs::path& path, std::size_t limit) {
    const auto fd = open_file(path);
    if (!fd) return std::nullopt;
    return read_file(*fd, path, limit);
}

std::string read_file(const UniqueFd& fd, const fs::path& path, std::size_t limit) {
    struct stat status;
    if (::fstat(fd.get(), &status) != 0) fail("reading", path);
    if (!S_ISREG(status.st_mode))
        throw Error{base::format("reading {}: not a regular file", path.native())};
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limit)
        throw Error{base::format("reading {}: longer than {} bytes", path.native(), limit)};
    std::string content(size, '\0');
    std::size_t length = 0;
    for (;;) {  // the file may be growing or, in /proc, of no stated size
        if (length == content.size()) content.resize(length + 4096);
        if (length > limit)
            throw Error{base::format("reading {}: longer than {} bytes", path.native(), limit)};
        const ssize_t got = ::read(fd.get(), content.data() + length, content.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("reading", path);
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    content.resize(length);
    return content;
}

void write_all(int fd, Bytes data, std::string_view what) {
    while (!data.empty()) {
        const ssize_t written = ::write(fd, data.data(), data.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw system_error(base::format("writing {}", what), errno);
        data = data.subspan(static_cast<std::size_t>(written));
    }
}

void write_file_atomically(const fs::path& path, std::string_view content, unsigned mode) {
    replace_file(path, content, mode, Content::synced);
    sync_directory(path.has_parent_path() ? path.parent_path() : fs::path{"."});
}

void write_file_unsynced(const fs::path& path, std::string_view content, unsigned mode) {
    replace_file(path, content, mode, Content::unsynced);
}

void make_private_directory(const fs::path& path) {
    if (::mkdir(path.c_str(), 0700) == 0) {
        ::chmod(path.c_str(), 0700);  // whatever the umask took away
        return;
    }
    int reason = errno;
    std::error_code unknown;
    if (reason == EEXIST && fs::is_directory(path, unknown)) return;
    if (reason == ENOENT && path.has_parent_path() && path.parent_path() != path) {
        make_private_directory(path.parent_path());
        if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return;
        reason = errno;
    }
    const Error error =
        system_error(base::format("making the directory {}", path.native()), reason);
    throw Error{error.what(), "see what stands in the way there, and whose it is", ExitCode::disk};
}

UniqueFd open_directory(const fs::path& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd) fail("opening the directory", path);
    return fd;
}

void sync_file_system(int fd) {
    if (::syncfs(fd) != 0) throw system_error("writing everything to the disk", errno);
}

void sync_directory(const fs::path& path) {
    const UniqueFd fd = open_directory(path);
    if (::fsync(fd.get()) != 0) fail("syncing the directory", path);
}

bool rename_unless_exists(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST) return false;
    throw system_error(base::format("renaming {} to {}", from.native(), to.native()), errno);
}

bool exchange_paths(const fs::path& one, const fs::path& other) {
    return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace gov::base
