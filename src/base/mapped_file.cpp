// SPDX-License-Identifier: Apache-2.0
#include "base/mapped_file.hpp"

#include "base/error.hpp"
#include "base/unique_fd.hpp"

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace gov::base {

MappedFile::MappedFile(const std::filesystem::path& path) {
    // O_NONBLOCK: a FIFO in the file's place must not stop the reader.
    const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!fd) throw system_error("opening it", errno);
    struct stat status;
    if (::fstat(fd.get(), &status) != 0) throw system_error("reading it", errno);
    if (!S_ISREG(status.st_mode)) throw Error{"not a regular file"};
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ == 0) return;
    start_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
    if (start_ == MAP_FAILED) throw system_error("mapping it", errno);
}

MappedFile::~MappedFile() {
    if (size_ != 0) ::munmap(start_, size_);
}

Bytes MappedFile::bytes() const noexcept {
    return {static_cast<const std::uint8_t*>(start_), size_};
}

}  // namespace gov::base
