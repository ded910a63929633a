// SPDX-License-Identifier: Apache-2.0
#include "base/process_tree.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/interrupt.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gov::base {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::optional<pid_t> number(std::string_view text) {
    pid_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The parent in "PID (NAME) STATE PARENT ..." of proc_pid_stat(5). A name may have anything in it.
std::optional<pid_t> parent_in(std::string_view stat) {
    const auto name_end = stat.rfind(')');
    if (name_end == std::string_view::npos || stat.size() < name_end + 4) return std::nullopt;
    stat.remove_prefix(name_end + 4);
    return number(stat.substr(0, stat.find(' ')));
}

using Process = std::pair<pid_t, pid_t>;  // itself, its parent

std::vector<Process> all_processes() {
    std::vector<Process> processes;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator{"/proc", problem}) {
        const auto pid = number(entry.path().filename().native());
        if (!pid) continue;
        try {
            const auto stat = read_file(entry.path() / "stat", 4096);
            if (const auto parent = stat ? parent_in(*stat) : std::nullopt)
                processes.emplace_back(*pid, *parent);
        } catch (const Error&) {  // it has ended meanwhile
        }
    }
    return processes;
}

std::vector<pid_t> descendants(pid_t spared) {
    const std::vector<Process> processes = all_processes();
    std::vector<pid_t> found{::getpid()};
    for (std::size_t i = 0; i < found.size(); ++i)
        for (const auto& [pid, parent] : processes)
            if (parent == found[i] && pid != spared && std::ranges::find(found, pid) == found.end())
                found.push_back(pid);
    found.erase(found.begin());
    return found;
}

bool has_children() noexcept {
    siginfo_t information{};
    return ::waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

// Waits until one of `watched` can be read, an interrupt comes or `until` is there, at most a
// moment, since an interrupt just before it would not wake it.
void wait_a_moment(std::span<pollfd> watched, const std::optional<Clock::time_point>& until) {
    constexpr std::chrono::milliseconds moment{100};
    auto time = moment;
    if (until)
        time = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now()),
                          std::chrono::milliseconds{0}, moment);
    ::poll(watched.data(), watched.size(), static_cast<int>(time.count()));
}

bool has_ended(const ChildProcess& program) {
    const UniqueFd ended = watch_process(program.id());
    pollfd watched{ended.get(), POLLIN, 0};
    return ::poll(&watched, 1, 0) > 0;
}

TreeEnd wait_for(const ChildProcess& program, const TreeLimits& limits) {
    std::optional<Clock::time_point> deadline;
    if (limits.time) deadline = Clock::now() + *limits.time;
    bool was_interrupted = false;
    const UniqueFd ended = watch_process(program.id());
    std::array watched{pollfd{ended.get(), POLLIN, 0}, pollfd{limits.lifeline, POLLIN, 0}};
    while (true) {
        if (interrupted() && !was_interrupted) {
            was_interrupted = true;
            // The terminal tells all of its programs of an interrupt, but other signals may have
            // come to this process alone.
            if (const int signal = interrupting_signal(); signal != SIGINT)
                ::kill(program.id(), signal);
            const auto grace = Clock::now() + limits.after_interrupt;
            deadline = deadline ? std::min(*deadline, grace) : grace;
        }
        if (deadline && Clock::now() >= *deadline)
            return was_interrupted ? TreeEnd::interrupted : TreeEnd::time_limit;
        wait_a_moment(watched, deadline);
        if (watched[0].revents != 0)
            return was_interrupted ? TreeEnd::interrupted : TreeEnd::by_itself;
        if (watched[1].revents != 0) return TreeEnd::given_up;
    }
}

}  // namespace

void adopt_orphans() noexcept {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

void end_descendants(pid_t spared) noexcept {
    const auto deadline = Clock::now() + std::chrono::seconds{2};
    while (has_children() && Clock::now() < deadline) {
        try {
            const std::vector<pid_t> found = descendants(spared);
            if (found.empty()) return;
            for (const pid_t pid : found) ::kill(pid, SIGKILL);
            // Those that are not this process's children become so when their parents have ended.
            for (const pid_t pid : found) ::waitpid(pid, nullptr, WNOHANG);
        } catch (const std::exception&) {  // no memory for the list: try once more
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

bool ends_in_time(const ChildProcess& program, std::chrono::milliseconds grace) {
    return wait_for(program, {.after_interrupt = grace}) != TreeEnd::interrupted ||
           has_ended(program);
}

TreeResult run_tree(const ProcessSpec& spec, const TreeLimits& limits) {
    adopt_orphans();
    ChildProcess program{spec, {}, ChildProcess::Kind::joined};
    TreeResult result;
    result.end = wait_for(program, limits);
    if (result.end != TreeEnd::by_itself) program.end();
    result.status = program.wait();
    end_descendants();
    return result;
}

}  // namespace gov::base
