// SPDX-License-Identifier: Apache-2.0
#include "base/standard_input.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <array>
#include <cerrno>

#include <unistd.h>

namespace gov::base {

std::string read_standard_input(std::size_t limit) {
    std::string content;
    std::array<char, 16384> part;
    for (;;) {
        const ssize_t got = ::read(STDIN_FILENO, part.data(), part.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw system_error("reading standard input", errno);
        if (got == 0) return content;
        content.append(part.data(), static_cast<std::size_t>(got));
        if (content.size() > limit)
            throw Error{base::format("reading standard input: longer than {} bytes", limit)};
    }
}

}  // namespace gov::base
