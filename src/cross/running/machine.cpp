// SPDX-License-Identifier: Apache-2.0
#include "cross/running/machine.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/process_tree.hpp"
#include "base/text_lines.hpp"

#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view ready_word = "ready";
constexpr std::string_view loss_word = "lost: ";

// A line from `fd`, without its end; empty at the end. An interrupt ends the wait as well.
std::string read_line(int fd) {
    std::string line;
    while (!base::interrupted()) {
        pollfd wanted{fd, POLLIN, 0};
        if (::poll(&wanted, 1, 100) <= 0) continue;
        char letter = 0;
        const ssize_t got = ::read(fd, &letter, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || letter == '\n') break;
        line += letter;
    }
    return line;
}

// The lines that hold_machine says when it has stopped the machine.
MachineEnd end_in(std::string_view answer) {
    MachineEnd end;
    for (const std::string_view line : base::lines_of(answer))
        if (line.starts_with(loss_word))
            end.loss = line.substr(loss_word.size());
        else
            end.problem = line;
    return end;
}

// What the log ends with.
std::string last_words(const fs::path& log) {
    constexpr std::size_t size_limit = 64U << 20U;
    constexpr std::size_t longest = 2000;
    std::string text = base::read_file(log, size_limit).value_or("");
    if (text.size() > longest) text.erase(0, text.size() - longest);
    return text;
}

}  // namespace

Machine::Machine(const MachineCommands& commands, const base::Environment& environment,
                 const fs::path& directory, const fs::path& log) {
    const base::ProcessSpec spec{
        .arguments = {"/proc/self/exe", "cross", "hold", "--", commands.start, commands.ready,
                      commands.stop, base::format("{}", commands.timeout.count()), log.native()},
        .environment = environment,
        .directory = directory};
    holder_.emplace(spec,
                    std::array{base::Handed{lifeline_.reader.get(), STDIN_FILENO},
                               base::Handed{answers_.writer.get(), STDOUT_FILENO}},
                    base::ChildProcess::Kind::ours);
    lifeline_.reader.reset();
    answers_.writer.reset();
    const std::string answer = read_line(answers_.reader.get());
    if (answer == ready_word) return;
    stop();
    base::throw_if_interrupted();
    const std::string words = last_words(log);
    throw base::Error{(answer.empty() ? "gov ended that was to hold it" : answer) +
                      (words.empty() ? "" : "; it said:\n" + words)};
}

Machine::~Machine() {
    stop();
}

MachineEnd Machine::stop() noexcept {
    if (!holder_) return {};
    lifeline_.writer.reset();
    try {
        std::string answer;
        char letter = 0;
        // To its end, an interrupt or not: the machine is to be stopped when this returns.
        for (ssize_t got = 1; got != 0; got = ::read(answers_.reader.get(), &letter, 1)) {
            if (got < 0 && errno != EINTR) break;
            if (got > 0 && letter != '\0') answer += letter;
        }
        holder_->wait();
        holder_.reset();
        return end_in(answer);
    } catch (const std::exception& error) {
        return {.loss = {}, .problem = error.what()};
    }
}

}  // namespace gov::cross
