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

constexpr std::size_t buffer_size = std::size_t{4} << 20U;  // more than any file that is shared

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

TreeWriter::TreeWriter(int root, const store::SharedFiles& shared) : root_{root}, shared_{shared} {
    buffer_.reserve(buffer_size);
}

void TreeWriter::begin(const std::string& name, unsigned mode) {
    name_ = name;
    mode_ = mode;
    buffer_.clear();
    file_.reset();
}

void TreeWriter::flush() {
    if (!file_) file_ = base::UniqueFd{open_beneath(root_, name_.c_str(), mode_)};
    if (!file_) throw base::system_error(base::format("making the file {}", name_), errno);
    base::write_all(file_.get(), buffer_, name_);
    buffer_.clear();
}

void TreeWriter::write(base::Bytes data) {
    hash_.update(data);
    while (!data.empty()) {
        const base::Bytes part = data.first(std::min(data.size(), buffer_size - buffer_.size()));
        buffer_.insert(buffer_.end(), part.begin(), part.end());
        data = data.subspan(part.size());
        if (buffer_.size() == buffer_size) flush();
    }
}

base::Digest TreeWriter::finish() {
    const base::Digest digest = hash_.finish();
    if (!file_ && shared_.link(root_, name_, mode_, digest, buffer_)) return digest;
    if (!file_ || !buffer_.empty()) flush();
    if (::close(file_.release()) != 0)
        throw base::system_error(base::format("closing {}", name_), errno);
    return digest;
}

}  // namespace gov::download
