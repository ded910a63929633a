// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include "base/child_process.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/string_pointers.hpp"

#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace gov::base {

namespace {

// Appends what is there to `text`; false at the end.
bool drain(int fd, std::string& text) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (got <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

using Clock = std::chrono::steady_clock;

// How long what the child printed is waited for after it was ended: what has left its process group
// may hold the pipe for ever.
constexpr std::chrono::seconds after_end{1};

// Whether the time was over before the child was.
bool collect(const ChildProcess& child, UniqueFd& output, UniqueFd& errors,
             const std::optional<Clock::time_point>& deadline, ProcessResult& result) {
    std::optional<Clock::time_point> ended;
    bool late = false;
    while (output || errors) {
        if (!ended && deadline && Clock::now() >= *deadline) late = true;
        if ((late || interrupted()) && !ended) {
            child.end();
            ended = Clock::now();
        }
        if (ended && Clock::now() - *ended >= after_end) break;
        // A closed descriptor is -1, which poll passes over.
        std::array<pollfd, 2> wanted{pollfd{output.get(), POLLIN, 0},
                                     pollfd{errors.get(), POLLIN, 0}};
        if (::poll(wanted.data(), wanted.size(), 100) <= 0) continue;
        if (wanted[0].revents != 0 && !drain(output.get(), result.output)) output.reset();
        if (wanted[1].revents != 0 && !drain(errors.get(), result.errors)) errors.reset();
    }
    return late;
}

}  // namespace

ProcessResult run(const ProcessSpec& spec) {
    Pipe output;
    Pipe errors;
    ChildProcess child{spec, std::array{Handed{output.writer.get(), STDOUT_FILENO},
                                        Handed{errors.writer.get(), STDERR_FILENO}}};
    output.writer.reset();
    errors.writer.reset();
    ProcessResult result;
    std::optional<Clock::time_point> deadline;
    if (spec.limit) deadline = Clock::now() + *spec.limit;
    const bool late = collect(child, output.reader, errors.reader, deadline, result);
    result.status = child.wait();
    throw_if_interrupted();
    if (late && spec.limit)
        throw Error{
            base::format("{} took longer than {} seconds", spec.arguments[0], spec.limit->count()),
            {},
            ExitCode::time_limit};
    return result;
}

void replace_process(const ProcessSpec& spec) {
    std::vector<std::string> arguments = spec.arguments;
    std::vector<std::string> entries = spec.environment.entries();
    ::execve(arguments[0].c_str(), string_pointers(arguments).data(),
             string_pointers(entries).data());
    const int reason = errno;
    const Error error = system_error(base::format("running {}", arguments[0]), reason);
    const bool missing = reason == ENOENT || reason == ENOTDIR;
    throw Error{error.what(), {}, missing ? ExitCode::not_found : ExitCode::not_executable};
}

std::string find_program(std::string_view name, std::string_view path) {
    if (name.find('/') != std::string_view::npos) return std::string{name};
    while (true) {
        const auto colon = path.find(':');
        const std::string_view directory = path.substr(0, colon);
        std::string candidate{directory.empty() ? "." : directory};
        candidate += '/';
        candidate += name;
        std::error_code ignored;
        if (std::filesystem::is_regular_file(candidate, ignored) &&
            ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
        if (colon == std::string_view::npos) return {};
        path.remove_prefix(colon + 1);
    }
}

}  // namespace gov::base
