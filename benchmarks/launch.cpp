// SPDX-License-Identifier: Apache-2.0
// Runs one command and writes what it cost: launch REPORT COMMAND [ARGUMENT...]
//
// The report is one line: wall nanoseconds, user and system microseconds, peak KiB, exit code.
// A process of its own, because the peak that the kernel tells includes the memory of whoever
// called exec, and because starting Python takes longer than some of what is measured.

#include <cstdio>
#include <ctime>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

long long nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

long long microseconds(const timeval& time) {
    return time.tv_sec * 1'000'000LL + time.tv_usec;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        return 2;
    }
    const long long started = nanoseconds();
    pid_t child = 0;
    if (posix_spawnp(&child, argv[2], nullptr, nullptr, argv + 2, environ) != 0) {
        return 127;
    }
    int status = 0;
    rusage cost{};
    wait4(child, &status, 0, &cost);
    const long long wall = nanoseconds() - started;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    FILE* report = std::fopen(argv[1], "w");
    if (report == nullptr) {
        return 1;
    }
    std::fprintf(report, "%lld %lld %lld %ld %d\n", wall, microseconds(cost.ru_utime),
                 microseconds(cost.ru_stime), cost.ru_maxrss, code);
    return std::fclose(report) == 0 ? 0 : 1;
}
