// SPDX-License-Identifier: Apache-2.0
#include "download/tree_writer.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace gov::download {

namespace {

// More than any file that is shared.
constexpr std::uint64_t largest_kept_whole = std::uint64_t{4} << 20U;
// Half of a release is in files of at least this size, of which there are two dozen.
constexpr std::uint64_t much = std::uint64_t{1} << 20U;

int open_beneath(int root, const char* name, unsigned mode) {
    open_how how = {};
    how.flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    const int fd = static_cast<int>(::syscall(SYS_openat2, root, name, &how, sizeof how));
    if (fd >= 0 || errno != ENOSYS) return fd;
    // Before Linux 5.6, and under some sandboxes: the staging directory is private to this user.
    return ::openat(root, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
}

}  // namespace

void make_directory(int root, const std::string& name) {
    if (::mkdirat(root, name.c_str(), 0755) != 0)
        throw base::system_error(base::format("making the directory {}", name), errno);
}

bool TreeWriter::is_kept_whole() const noexcept {
    return size_ <= largest_kept_whole;
}

void TreeWriter::begin(std::string name, unsigned mode, std::uint64_t size) {
    name_ = std::move(name);
    mode_ = mode;
    size_ = size;
    received_ = unsent_ = 0;
    pieces_.clear();
    made_ = false;
    if (!is_kept_whole()) open();
}

void TreeWriter::open() {
    file_ = base::UniqueFd{open_beneath(root_, name_.c_str(), mode_)};
    if (!file_) throw base::system_error(base::format("making the file {}", name_), errno);
}

void TreeWriter::close() {
    if (::close(file_.release()) != 0)
        throw base::system_error(base::format("closing {}", name_), errno);
    made_ = true;
}

void TreeWriter::make(base::Bytes content) {
    digest_ = hash_.finish();
    made_ = shared_.link(root_, name_, mode_, digest_, content);
    if (made_) return;
    open();
    put(content);
    close();
}

// Into the file. Of much content the disk begins to take what is there, while more is coming: else
// the sync in the end would have all of it before it.
void TreeWriter::put(base::Bytes data) {
    base::write_all(file_.get(), data, name_);
    unsent_ += data.size();
    if (unsent_ < much) return;
    ::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);  // where it cannot, the sync will
    unsent_ = 0;
}

void TreeWriter::write(base::Bytes data) {
    if (data.empty()) return;
    received_ += data.size();
    if (received_ > size_)
        throw base::Error{
            base::format("{} is longer than it says", name_), {}, base::ExitCode::verification};
    hash_.update(data);
    if (!is_kept_whole())
        put(data);
    else if (data.size() == size_)
        make(data);
    else
        pieces_.insert(pieces_.end(), data.begin(), data.end());
}

base::Digest TreeWriter::finish() {
    if (received_ < size_)
        throw base::Error{
            base::format("{} is shorter than it says", name_), {}, base::ExitCode::verification};
    if (!is_kept_whole()) {
        digest_ = hash_.finish();
        close();
    } else if (!made_) {
        make(pieces_);
    }
    return digest_;
}

}  // namespace gov::download
