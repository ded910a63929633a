// SPDX-License-Identifier: Apache-2.0
#pragma once
// ReadyRunner: a runner whose machine is up, and that has proved that it runs programs.

#include "base/environment.hpp"
#include "base/file_lock.hpp"
#include "cross/running/machine.hpp"
#include "cross/running/runner.hpp"
#include "cross/running/supervision.hpp"
#include "toolchain/go_version.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gov::cross {

// What programs of one target are run with.
struct RunContext {
    std::string gov;  // the path of this program
    std::filesystem::path goroot;
    toolchain::GoVersion go_version;
    std::filesystem::path directory;      // the project's
    std::filesystem::path cache;          // gov's: canaries and Wine's prefixes are below it
    std::filesystem::path temporary;      // this run's own
    base::Environment user;               // what programs and runners get, beside what follows
    base::Environment build_environment;  // of go, with the target
    Target target;
    std::chrono::seconds limit{600};                    // for one program
    std::map<std::string, std::string> variables = {};  // for programs alone
    std::optional<ProjectRunner> own = {};
    // Told what takes a while, and only once.
    std::function<void(std::string)> note = [](const std::string&) {};
};

class ReadyRunner {
public:
    // Starts the runner's machine. Throws Error.
    ReadyRunner(Runner runner, const RunContext& context);

    const Runner& runner() const noexcept { return runner_; }
    // The words that stand before a program and its arguments, here and in go test -exec.
    std::vector<std::string> words() const;
    // What is printed on a line of its own when a program was ended at the limit.
    const std::string& mark() const noexcept { return supervision_.mark; }

    // Runs `program` (its path and its arguments) in `directory` with the standard streams of this
    // process. An interrupt reaches it by the terminal, and it may take its time to end then.
    // Returns its exit status; nullopt where it was ended at `limit`, with all that it started.
    std::optional<int> run(const std::vector<std::string>& program,
                           const std::filesystem::path& directory,
                           std::optional<std::chrono::seconds> limit);

    // Why a program that prints a word and exits with a number did not come out as it should;
    // empty if it did. Throws Error where it cannot be built.
    std::string try_canary();

    // As Machine::stop().
    MachineEnd stop() noexcept;
    // Kills what it runs, and not the machine.
    void end_programs() noexcept;

private:
    void take_prefix();

    Runner runner_;
    const RunContext& context_;
    Supervision supervision_;
    std::filesystem::path file_;
    std::optional<base::FileLock> prefix_lock_;
    std::optional<Machine> machine_;
};

struct RunnerChoice {
    std::unique_ptr<ReadyRunner> runner;  // null: none that proved itself
    bool exists = false;                  // whether there was one to try
    std::string name;                     // of the one that was tried last
    std::string reason;                   // why there is none: of all that were tried, in turn
    std::string hint;
};

// What runs programs of the context's target is looked for by this.
RunnerQuery runner_query(const RunContext& context);

// The first of the target's runners whose canary comes out as it should. Throws Error where the
// canary cannot be built, or gov was interrupted.
RunnerChoice choose_runner(const RunContext& context);

}  // namespace gov::cross
