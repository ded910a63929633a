// SPDX-License-Identifier: Apache-2.0
#include "download/tree_writer.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace gov::download {

namespace {

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

void TreeWriter::begin(const std::string& name, unsigned mode) {
    file_ = base::UniqueFd{open_beneath(root_, name.c_str(), mode)};
    if (!file_) throw base::system_error(base::format("making the file {}", name), errno);
    name_ = name;
}

void TreeWriter::write(base::Bytes data) {
    hash_.update(data);
    base::write_all(file_.get(), data, name_);
}

base::Digest TreeWriter::finish() {
    if (::close(file_.release()) != 0)
        throw base::system_error(base::format("closing {}", name_), errno);
    return hash_.finish();
}

}  // namespace gov::download
