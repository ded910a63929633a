// SPDX-License-Identifier: Apache-2.0
#include "base/child_process.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/string_pointers.hpp"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gov::base {

namespace {

using Kind = ChildProcess::Kind;

// The numbers at which a child gets descriptors are below this one, so that none of those to hand
// over is in the way of another.
constexpr int first_free_fd = 64;

UniqueFd moved_up(int fd) {
    UniqueFd copy{::fcntl(fd, F_DUPFD_CLOEXEC, first_free_fd)};
    if (!copy) throw system_error("handing a descriptor to a child process", errno);
    return copy;
}

pid_t spawn(const ProcessSpec& spec, Kind kind, std::span<const Handed> descriptors) {
    std::vector<UniqueFd> sources;
    for (const Handed& handed : descriptors) sources.push_back(moved_up(handed.fd));
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    if (kind == Kind::apart)
        for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0);
    for (std::size_t i = 0; i < sources.size(); ++i)
        ::posix_spawn_file_actions_adddup2(&actions, sources[i].get(), descriptors[i].as);
    ::posix_spawn_file_actions_addchdir_np(&actions, spec.directory.c_str());
    if (kind != Kind::joined) ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> arguments = spec.arguments;
    std::vector<std::string> entries = spec.environment.entries();
    pid_t child = -1;
    const int failure =
        ::posix_spawn(&child, arguments[0].c_str(), &actions, &attributes,
                      string_pointers(arguments).data(), string_pointers(entries).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw system_error(base::format("running {}", arguments[0]), failure);
    return child;
}

}  // namespace

Pipe::Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw system_error("making a pipe", errno);
    reader = UniqueFd{ends[0]};
    writer = UniqueFd{ends[1]};
}

ChildProcess::ChildProcess(const ProcessSpec& spec, std::span<const Handed> descriptors, Kind kind)
    : pid_{spawn(spec, kind, descriptors)}, kind_{kind} {}

ChildProcess::~ChildProcess() {
    if (pid_ < 0) return;
    end();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void ChildProcess::end() const noexcept {
    if (pid_ > 0) ::kill(kind_ == Kind::joined ? pid_ : -pid_, SIGKILL);
}

int ChildProcess::wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR) throw system_error("waiting for a child process", errno);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

UniqueFd watch_process(pid_t pid) {
    UniqueFd fd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
    if (!fd) throw system_error("watching a process", errno);
    return fd;
}

}  // namespace gov::base
