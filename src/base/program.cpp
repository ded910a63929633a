// SPDX-License-Identifier: Apache-2.0
#include "base/program.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/string_pointers.hpp"

#include <cerrno>
#include <csignal>

#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gov::base {

namespace {

pid_t spawn(const ProcessSpec& spec, Program::Group group, std::span<const Handed> descriptors) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    for (const Handed& handed : descriptors)
        ::posix_spawn_file_actions_adddup2(&actions, handed.fd, handed.as);
    ::posix_spawn_file_actions_addchdir_np(&actions, spec.directory.c_str());
    if (group == Program::Group::own)
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
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

Program::Program(const ProcessSpec& spec, Group group, std::span<const Handed> descriptors)
    : pid_{spawn(spec, group, descriptors)}, group_{group}, ended_{watch_process(pid_)} {}

Program::~Program() {
    if (pid_ < 0) return;
    end();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void Program::end() const noexcept {
    if (pid_ > 0) ::kill(group_ == Group::own ? -pid_ : pid_, SIGKILL);
}

int Program::wait() {
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
