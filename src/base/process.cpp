// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include "base/child_process.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/string_pointers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace gov::base {

namespace {

using Clock = std::chrono::steady_clock;

// What a child prints, and who takes it.
struct Stream {
    UniqueFd reader;
    Listener take;
};

// Brings what is there to who takes it; false at the end.
bool drain(const Stream& stream) {
    std::array<char, 65536> buffer;
    const ssize_t got = ::read(stream.reader.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    if (got <= 0) return false;
    stream.take({buffer.data(), static_cast<std::size_t>(got)});
    return true;
}

// How long what the child printed is waited for after it was ended: what has left its process group
// may hold the pipe for ever.
constexpr std::chrono::seconds after_end{1};

// Whether the time was over before the child was.
bool collect(const ChildProcess& child, std::span<Stream> streams,
             const std::optional<Clock::time_point>& deadline) {
    std::optional<Clock::time_point> ended;
    bool late = false;
    std::vector<pollfd> wanted(streams.size());
    while (std::ranges::any_of(streams, [](const Stream& one) { return bool{one.reader}; })) {
        if (!ended && deadline && Clock::now() >= *deadline) late = true;
        if ((late || interrupted()) && !ended) {
            child.end();
            ended = Clock::now();
        }
        if (ended && Clock::now() - *ended >= after_end) break;
        // A closed descriptor is -1, which poll passes over.
        for (std::size_t i = 0; i < streams.size(); ++i)
            wanted[i] = {streams[i].reader.get(), POLLIN, 0};
        if (::poll(wanted.data(), wanted.size(), 100) <= 0) continue;
        for (std::size_t i = 0; i < streams.size(); ++i)
            if (wanted[i].revents != 0 && !drain(streams[i])) streams[i].reader.reset();
    }
    return late;
}

// The status of `child`, the program of `spec`, once it has ended and `streams` have been taken.
int wait_for(ChildProcess& child, const ProcessSpec& spec, std::span<Stream> streams) {
    std::optional<Clock::time_point> deadline;
    if (spec.limit) deadline = Clock::now() + *spec.limit;
    const bool late = collect(child, streams, deadline);
    const int status = child.wait();
    throw_if_interrupted();
    if (late && spec.limit)
        throw Error{
            base::format("{} took longer than {} seconds", spec.arguments[0], spec.limit->count()),
            {},
            ExitCode::time_limit};
    return status;
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
    std::array streams{
        Stream{std::move(output.reader), [&](std::string_view text) { result.output += text; }},
        Stream{std::move(errors.reader), [&](std::string_view text) { result.errors += text; }}};
    result.status = wait_for(child, spec, streams);
    return result;
}

int run_logged(const ProcessSpec& spec, const std::filesystem::path& log, const Listener& listen) {
    const UniqueFd file{
        ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!file) throw system_error(base::format("making the file {}", log.native()), errno);
    Pipe output;
    ChildProcess child{spec, std::array{Handed{output.writer.get(), STDOUT_FILENO},
                                        Handed{output.writer.get(), STDERR_FILENO}}};
    output.writer.reset();
    std::array streams{Stream{std::move(output.reader), [&](std::string_view text) {
                                  write_all(file.get(), as_bytes(text), log.native());
                                  if (listen) listen(text);
                              }}};
    return wait_for(child, spec, streams);
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
