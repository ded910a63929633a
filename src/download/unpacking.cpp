// SPDX-License-Identifier: Apache-2.0
#include "download/unpacking.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "download/little_endian.hpp"
#include "download/member_stream.hpp"
#include "download/workers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

constexpr int pipe_size = 1 << 20;
constexpr std::size_t most_pipes = 4;  // more writers find no more to do
constexpr std::size_t piece = 256 * 1024;

// The child sees nothing of the environment but what its loader needs.
base::Environment environment_of_loader() {
    const base::Environment whole = base::Environment::of_process();
    base::Environment environment;
    for (const char* name : {"LD_LIBRARY_PATH", "LD_PRELOAD"})
        if (const auto value = whole.get(name)) environment.set(name, std::string{*value});
    return environment;
}

base::UniqueFd read_only(int file) {
    base::UniqueFd fd{::open(base::format("/proc/self/fd/{}", file).c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd) throw base::system_error("opening the archive", errno);
    return fd;
}

base::Pipe large_pipe() {
    base::Pipe pipe;
    ::fcntl(pipe.writer.get(), F_SETPIPE_SZ, pipe_size);  // as it was, where that is refused
    return pipe;
}

// Whether all of `data` could be written: false where the reader has gone.
bool write_unless_closed(int pipe, base::Bytes data) {
    while (!data.empty()) {
        const ssize_t written = ::write(pipe, data.data(), data.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data = data.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

void block_sigpipe() {
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Unpacking::Unpacking(ArchiveKind kind, const std::string& prefix, int file,
                     const Destination& destination, UnpackProgress progress)
    : kind_{kind}, progress_{progress}, tree_{destination, std::move(progress)}, file_{file} {
    const std::size_t writers = std::min(cores(), most_pipes);
    base::Pipe input;
    base::Pipe complaint;
    std::vector<base::Pipe> pipes;
    for (std::size_t i = 0; i < writers; ++i) pipes.push_back(large_pipe());
    if (kind_ == ArchiveKind::module_zip)
        input.reader = read_only(file);
    else
        input = large_pipe();
    std::vector<base::Handed> handed{{input.reader.get(), STDIN_FILENO},
                                     {complaint.writer.get(), STDOUT_FILENO}};
    for (std::size_t i = 0; i < writers; ++i)
        handed.push_back({pipes[i].writer.get(), first_member_pipe + static_cast<int>(i)});
    std::vector<std::string> words{"/proc/self/exe", "read-archive", base::format("{}", writers)};
    if (kind_ == ArchiveKind::module_zip) words.push_back(prefix);
    if (kind_ == ArchiveKind::full_tarball) words.emplace_back("--full");
    child_.emplace(base::ProcessSpec{std::move(words), environment_of_loader(), "/"}, handed);
    complaint_ = std::move(complaint.reader);
    for (base::Pipe& pipe : pipes)
        threads_.emplace_back([this, fd = std::move(pipe.reader)] { receive(fd.get()); });
    if (kind_ != ArchiveKind::module_zip)
        threads_.emplace_back([this, fd = std::move(input.writer)]() mutable {
            block_sigpipe();
            feed(fd.get());
            fd.reset();
        });
}

Unpacking::~Unpacking() {
    stop();
}

void Unpacking::stop() {
    {
        const std::lock_guard lock{guard_};
        stopped_ = true;
    }
    changed_.notify_all();
    if (child_) child_->end();
    threads_.clear();  // joins
}

void Unpacking::arrived(std::uint64_t bytes) {
    std::unique_lock lock{guard_};
    arrived_ = bytes;
    if (in_vain_) {
        lock.unlock();
        settle();
        throw Error{"the archive goes on after its end", {}, ExitCode::verification};
    }
    if (arrived_ < told_ + piece) return;  // small pieces are not worth waking anybody
    told_ = arrived_;
    lock.unlock();
    changed_.notify_all();
}

// Keeps the first failure, and ends the child: there is no use for more.
void Unpacking::fail() {
    {
        const std::lock_guard lock{guard_};
        if (!failure_) failure_ = std::current_exception();
        in_vain_ = true;
    }
    child_->end();
}

// Passes the archive on to the child as it arrives.
void Unpacking::feed(int pipe) {
    std::vector<std::uint8_t> buffer(piece);
    try {
        for (std::uint64_t fed = 0;;) {
            std::unique_lock lock{guard_};
            changed_.wait(lock, [&] { return stopped_ || whole_ || told_ > fed; });
            if (stopped_ || (whole_ && fed == arrived_)) return;
            const std::uint64_t wanted = std::min<std::uint64_t>(piece, arrived_ - fed);
            const bool whole = whole_;
            const std::uint64_t size = arrived_;
            lock.unlock();
            const ssize_t got = ::pread(file_, buffer.data(), wanted, static_cast<off_t>(fed));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) throw base::system_error("reading the archive", got < 0 ? errno : EIO);
            fed += static_cast<std::uint64_t>(got);
            if (!write_unless_closed(pipe,
                                     base::Bytes{buffer}.first(static_cast<std::size_t>(got))))
                return;
            if (whole && progress_) progress_(static_cast<double>(fed) / static_cast<double>(size));
        }
    } catch (...) {
        fail();
    }
}

void Unpacking::receive(int pipe) {
    try {
        TreeSink sink{tree_};
        MemberReader reader{pipe};
        if (reader.read_all(sink, [&](std::uint64_t total) { tree_.expect(total); })) return;
        const std::lock_guard lock{guard_};
        cut_short_ = true;
    } catch (...) {
        fail();
    }
}

// The child's reason for ending with `status`. What it says is as little trusted as the archive.
void Unpacking::refuse(int status) const {
    std::array<char, 4096> buffer;
    const ssize_t got = ::read(complaint_.get(), buffer.data(), buffer.size());
    std::string_view text{buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
    const std::size_t line = text.find('\n');
    const std::string message = base::printable(text.substr(0, line));
    const std::string hint =
        line == std::string_view::npos ? std::string{} : base::printable(text.substr(line + 1));
    if (status > 128)
        throw Error{base::format("reading the archive ended with signal {}", status - 128),
                    {},
                    status - 128 == SIGKILL ? ExitCode::failed : ExitCode::verification};
    for (const ExitCode code : {ExitCode::verification, ExitCode::missing_dependency})
        if (status == static_cast<int>(code)) throw Error{message, hint, code};
    throw Error{message.empty() ? "reading the archive failed" : message, hint};
}

// Waits for all that goes on here and throws what went wrong, if anything did.
void Unpacking::settle() {
    threads_.clear();  // joins
    const int status = child_->wait();
    base::throw_if_interrupted();
    if (failure_) std::rethrow_exception(failure_);
    if (status != 0 || cut_short_) refuse(status);
}

Unpacked Unpacking::finish() {
    {
        const std::lock_guard lock{guard_};
        whole_ = true;
        arrived_ = size_of(file_);
    }
    changed_.notify_all();
    settle();
    return tree_.take();
}

}  // namespace gov::download
