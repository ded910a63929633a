// SPDX-License-Identifier: Apache-2.0
#include "download/little_endian.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace gov::download {

std::uint64_t size_of(int file) {
    struct stat status;
    if (::fstat(file, &status) != 0) throw base::system_error("reading the archive", errno);
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t read_some(int file, std::span<std::uint8_t> buffer, std::string_view what) {
    for (;;) {
        const ssize_t got = ::read(file, buffer.data(), buffer.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) throw base::system_error(base::format("reading {}", what), errno);
        base::throw_if_interrupted();
    }
}

std::string read_exactly(int file, std::uint64_t offset, std::uint64_t size) {
    std::string data(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got =
            ::pread(file, data.data() + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw base::system_error("reading the archive", errno);
        if (got == 0)
            throw base::Error{"the archive is cut short", {}, base::ExitCode::verification};
        done += static_cast<std::size_t>(got);
    }
    return data;
}

}  // namespace gov::download
