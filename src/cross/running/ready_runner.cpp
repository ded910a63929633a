// SPDX-License-Identifier: Apache-2.0
#include "cross/running/ready_runner.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/process_tree.hpp"
#include "base/text_lines.hpp"
#include "cross/running/canary.hpp"
#include "cross/running/process_prng.hpp"

#include <algorithm>
#include <array>

#include <unistd.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// The user's environment, with this toolchain first and what tells commands what they are for.
base::Environment environment_of(const Runner& runner, const RunContext& context) {
    base::Environment environment = context.user;
    environment.set("GOROOT", context.goroot.native());
    environment.set("GOTOOLCHAIN", "local");
    environment.set(
        "PATH",
        (context.goroot / "bin").native() + ":" +
            std::string{context.user.non_empty("PATH").value_or("/usr/local/bin:/usr/bin:/bin")});
    environment.set("GOV_TARGET", context.target.str());
    environment.set("GOV_PROJECT", context.directory.native());
    for (const auto& [name, value] : runner.variables) environment.set(name, value);
    return environment;
}

// What was seen of a canary in place of what it should be.
std::string difference_of(const base::ProcessResult& result, const CanaryCall& call,
                          const std::string& mark) {
    if (result.output.find(mark) != std::string::npos) return "a program that ends at once did not";
    const bool said = result.output.find(call.word) != std::string::npos;
    if (said && result.status == call.status) return {};
    std::string text = base::format("a program that prints a word and exits with {} ", call.status);
    if (result.output.empty() && result.errors.empty())
        text += base::format("exited with {} without a word", result.status);
    else if (!said)
        text += base::format("exited with {} and printed: {}{}", result.status, result.output,
                             result.errors);
    else
        text += base::format("exited with {}", result.status);
    return text;
}

}  // namespace

ReadyRunner::ReadyRunner(Runner runner, const RunContext& context)
    : runner_{std::move(runner)},
      context_{context},
      supervision_{.command = runner_.command,
                   .environment = environment_of(runner_, context),
                   // A Go test that hangs gets a second to say itself where.
                   .limit = context.limit + std::chrono::seconds{1},
                   .owner = ::getpid(),
                   .mark = CanaryCall{}.word},
      file_{context.temporary / "supervision"} {
    if (!runner_.wine_prefix.empty()) take_prefix();
    if (!runner_.machine.empty())
        base::while_doing("starting what runs " + context.target.str(), [&] {
            machine_.emplace(runner_.machine, supervision_.environment, context.directory,
                             context.temporary / "machine.log");
        });
    if (!runner_.wine_prefix.empty())
        provide_process_prng(runner_.wine_prefix, context.target.platform.arch);
    for (const auto& [name, value] : context.variables) supervision_.environment.set(name, value);
    write_supervision(supervision_, file_);
}

// A prefix has one server, which is told to end when this is done with it.
void ReadyRunner::take_prefix() {
    if (!fs::exists(runner_.wine_prefix / "system.reg"))
        context_.note("Wine makes a prefix for gov, once, which may take a minute");
    base::make_private_directory(runner_.wine_prefix);  // Wine makes no more than its content
    fs::path lock = runner_.wine_prefix;
    lock += ".lock";
    prefix_lock_ = base::FileLock::wait_for(lock, std::chrono::hours{1}, [] {});
}

std::vector<std::string> ReadyRunner::words() const {
    return {context_.gov, "cross", "supervise", file_.native(), "--"};
}

std::string ReadyRunner::try_canary() {
    const fs::path program =
        build_canary(context_.cache, context_.goroot, context_.go_version, context_.target,
                     context_.build_environment, [&] {
                         if (context_.target.platform == toolchain::Platform::host()) return;
                         context_.note(
                             "go builds a program to try the runner with, once, which may "
                             "take a minute");
                     });
    const CanaryCall call;
    // It needs no more than a moment, in which the machine may still be busy.
    Supervision supervision = supervision_;
    supervision.limit = std::min(supervision.limit, std::chrono::milliseconds{60'000});
    const fs::path file = context_.temporary / "canary";
    write_supervision(supervision, file);
    const base::ProcessResult result =
        base::run({.arguments = {context_.gov, "cross", "supervise", file.native(), "--",
                                 program.native(), call.word, base::format("{}", call.status)},
                   .environment = supervision.environment,
                   .directory = context_.directory});
    return difference_of(result, call, supervision.mark);
}

std::optional<int> ReadyRunner::run(const std::vector<std::string>& program,
                                    const fs::path& directory,
                                    std::optional<std::chrono::seconds> limit) {
    Supervision supervision = supervision_;
    supervision.mark.clear();
    supervision.late = context_.temporary / "late";
    constexpr std::chrono::seconds grace{5};
    supervision.after_interrupt = grace;
    supervision.limit = limit.value_or(std::chrono::hours{24 * 365});
    const fs::path file = context_.temporary / "run";
    write_supervision(supervision, file);
    base::ProcessSpec spec{.arguments = {context_.gov, "cross", "supervise", file.native(), "--"},
                           .environment = supervision.environment,
                           .directory = directory};
    spec.arguments.insert(spec.arguments.end(), program.begin(), program.end());
    base::ChildProcess supervisor{spec, {}, base::ChildProcess::Kind::joined};
    if (!base::ends_in_time(supervisor, grace)) {
        // Nobody told the program: not the terminal, but a signal for gov alone.
        end_programs();
        throw base::Error{"interrupted", {}, base::ExitCode::interrupted};
    }
    const int status = supervisor.wait();
    if (fs::exists(supervision.late)) return std::nullopt;
    return status;
}

void ReadyRunner::end_programs() noexcept {
    base::end_descendants(machine_ ? machine_->holder() : 0);
}

MachineEnd ReadyRunner::stop() noexcept {
    return machine_ ? machine_->stop() : MachineEnd{};
}

RunnerQuery runner_query(const RunContext& context) {
    return {.target = context.target,
            .environment = context.user,
            .goroot = context.goroot,
            .prefixes = context.cache / "cross",
            .own = context.own};
}

RunnerChoice choose_runner(const RunContext& context) {
    RunnerChoice choice;
    if (!context.own) choice.hint = runner_hint(context.target);
    std::vector<std::string> reasons;
    for (Runner& runner : runners_for(runner_query(context))) {
        choice.exists = true;
        choice.name = runner.name;
        try {
            auto ready = std::make_unique<ReadyRunner>(std::move(runner), context);
            std::string reason = ready->try_canary();
            if (reason.empty()) {
                choice.runner = std::move(ready);
                return choice;
            }
            reasons.push_back(std::move(reason));
        } catch (const base::Error& error) {
            base::throw_if_interrupted();
            reasons.push_back(base::full_message(error));
        }
    }
    choice.reason =
        choice.exists ? base::joined(reasons, "; then ") : "nothing here runs its programs";
    return choice;
}

}  // namespace gov::cross
