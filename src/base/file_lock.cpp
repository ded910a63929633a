// SPDX-License-Identifier: Apache-2.0
#include "base/file_lock.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>

namespace gov::base {

namespace {

UniqueFd open_lock(const std::filesystem::path& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!fd) throw system_error(base::format("opening the lock {}", path.native()), errno);
    return fd;
}

enum class Outcome { ours, others, unknown };  // unknown: this file system has no locks

Outcome take(int fd, const std::filesystem::path& path) {
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno == EWOULDBLOCK) return Outcome::others;
        if (errno == ENOLCK || errno == EOPNOTSUPP) return Outcome::unknown;
        throw system_error(base::format("locking {}", path.native()), errno);
    }
    return Outcome::ours;
}

}  // namespace

std::optional<FileLock> FileLock::try_take(const std::filesystem::path& path) {
    UniqueFd fd = open_lock(path);
    if (take(fd.get(), path) != Outcome::ours) return std::nullopt;
    return FileLock{std::move(fd)};
}

FileLock FileLock::wait_for(const std::filesystem::path& path, std::chrono::seconds limit,
                            const std::function<void()>& waiting) {
    using std::chrono::steady_clock;
    UniqueFd fd = open_lock(path);
    const auto start = steady_clock::now();
    for (bool said = false; take(fd.get(), path) == Outcome::others;) {
        throw_if_interrupted();
        const auto waited = steady_clock::now() - start;
        if (waited > limit)
            throw Error{base::format("waiting for another gov: {} is still locked after {} s",
                                     path.native(), limit.count()),
                        "see what the other gov is doing, or end it, then try again",
                        ExitCode::lock_timeout};
        if (!said && waited > std::chrono::seconds{1}) {
            waiting();
            said = true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return FileLock{std::move(fd)};
}

}  // namespace gov::base
