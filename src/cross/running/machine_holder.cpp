// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/process_tree.hpp"
#include "cross/running/machine.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// One of the machine's commands, under way.
class Command {
public:
    Command(const std::string& text, const base::UniqueFd& nothing, int log)
        : program_{{.arguments = {"/bin/sh", "-c", text},
                    .environment = base::Environment::of_process()},
                   std::array{base::Handed{nothing.get(), STDIN_FILENO},
                              base::Handed{log, STDOUT_FILENO}, base::Handed{log, STDERR_FILENO}}} {
    }

    // Its status if it has ended by `until`; nullopt if not, or if `lifeline` came to its end.
    std::optional<int> wait(Clock::time_point until, int lifeline) {
        std::array watched{pollfd{ended_.get(), POLLIN, 0}, pollfd{lifeline, POLLIN, 0}};
        while (!status_) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
            const auto time = std::max<std::int64_t>(left.count(), 0);
            const int found = ::poll(watched.data(), watched.size(), static_cast<int>(time));
            if (found < 0 && errno == EINTR) continue;
            if (watched[0].revents != 0)
                status_ = program_.wait();
            else
                return std::nullopt;
        }
        return status_;
    }

private:
    base::ChildProcess program_;
    base::UniqueFd ended_{base::watch_process(program_.id())};
    std::optional<int> status_;
};

class Holder {
public:
    Holder(const MachineCommands& commands, int log)
        : commands_{commands}, log_{log}, deadline_{Clock::now() + commands.timeout} {}

    void run() {
        std::string problem = bring_up();
        say(problem.empty() ? "ready\n" : problem + "\n");
        if (problem.empty()) {
            wait_for_the_end();
            if (const std::string loss = failure_of_start({}); !loss.empty())
                say(base::format("lost: {}\n", loss));
        }
        problem = bring_down();
        if (!problem.empty()) say(problem + "\n");
        start_.reset();
        base::end_descendants();
    }

private:
    // Nobody may be there any more to hear it.
    static void say(std::string_view text) {
        try {
            base::write_all(STDOUT_FILENO, base::as_bytes(text), "standard output");
        } catch (const base::Error&) {
        }
    }

    // What is wrong; empty if the machine is ready.
    std::string bring_up() {
        if (!commands_.start.empty()) start_.emplace(commands_.start, nothing_, log_);
        if (commands_.ready.empty()) return start_ ? wait_for_start(deadline_) : std::string{};
        while (true) {
            Command ready{commands_.ready, nothing_, log_};
            const auto status = ready.wait(deadline_, STDIN_FILENO);
            if (!status) return late("ready");
            // What is ready may be a machine that was there before, and not the one to be started.
            if (const std::string failure = failure_of_start(pause); !failure.empty())
                return failure;
            if (status == 0) return {};
            std::this_thread::sleep_for(pause);
            if (Clock::now() >= deadline_ || is_over()) return late("ready");
        }
    }

    // What is wrong with the start if it ends within `time`; empty where nothing is, or it goes on.
    std::string failure_of_start(Clock::duration time) {
        if (!start_) return {};
        const auto ended = start_->wait(Clock::now() + time, -1);
        if (!ended || *ended == 0) return {};
        return base::format("its start ended with status {}", *ended);
    }

    std::string wait_for_start(Clock::time_point until) {
        const auto status = start_->wait(until, STDIN_FILENO);
        if (!status) return late("started");
        if (*status != 0) return base::format("its start ended with status {}", *status);
        return {};
    }

    std::string late(std::string_view what) const {
        return base::format("it was not {} within {} seconds", what, commands_.timeout.count());
    }

    static bool is_over() {
        pollfd lifeline{STDIN_FILENO, POLLIN, 0};
        return ::poll(&lifeline, 1, 0) > 0;
    }

    static void wait_for_the_end() {
        pollfd lifeline{STDIN_FILENO, POLLIN, 0};
        while (::poll(&lifeline, 1, -1) <= 0) {
        }
    }

    std::string bring_down() {
        if (commands_.stop.empty()) return {};
        Command stop{commands_.stop, nothing_, log_};
        const auto status = stop.wait(Clock::now() + commands_.timeout, -1);
        if (!status)
            return base::format("its stop was not done within {} seconds",
                                commands_.timeout.count());
        if (*status != 0) return base::format("its stop ended with status {}", *status);
        return {};
    }

    static constexpr std::chrono::milliseconds pause{100};

    const MachineCommands& commands_;
    const base::UniqueFd nothing_{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
    int log_;
    Clock::time_point deadline_;
    std::optional<Command> start_;
};

extern "C" void do_nothing(int) {}

}  // namespace

void hold_machine(const MachineCommands& commands, const fs::path& log) {
    // Nothing but the lifeline's end is to end this. Handlers, not SIG_IGN, which commands inherit.
    base::catch_interrupts();
    std::signal(SIGPIPE, do_nothing);
    base::adopt_orphans();
    const base::UniqueFd file{
        ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND, 0600)};
    if (!file) throw base::system_error("opening " + log.native(), errno);
    Holder{commands, file.get()}.run();
}

}  // namespace gov::cross
