// SPDX-License-Identifier: Apache-2.0
// gov: from the command line to the exit status.
#include "cli/dispatch.hpp"

#include <iterator>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace {

// A descriptor that whoever started gov left closed would be the next file that gov opens, and what
// is meant for people would go into it. Writing to the stand-in fails, as it should.
void fill_standard_descriptors() {
    pollfd standard[] = {{STDIN_FILENO, 0, 0}, {STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}};
    if (::poll(standard, std::size(standard), 0) == 0) return;  // one look at all three
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd)
        if (::fcntl(fd, F_GETFD) < 0) ::open("/dev/null", O_RDONLY);
}

}  // namespace

int main(int argc, char** argv) {
    fill_standard_descriptors();
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    return gov::cli::dispatch(argc > 0 ? argv[0] : "gov", words);
}
