// SPDX-License-Identifier: Apache-2.0
#include "download/unpacking.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/threads.hpp"
#include "download/little_endian.hpp"
#include "download/member_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include <fcntl.h>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

constexpr std::size_t most_streams = 4;  // more writers find no more to do
constexpr std::size_t piece = 512 * 1024;

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

}  // namespace

// The pipes of one stream of members. This process keeps the end of `freed` that it does not use,
// so that writing there is no failure where the child has gone.
struct Unpacking::Stream {
    base::Pipe full;
    base::Pipe freed;
};

Unpacking::Unpacking(ArchiveKind kind, const std::string& prefix, int file,
                     const Destination& destination, UnpackProgress progress)
    : kind_{kind},
      progress_{progress},
      tree_{destination, std::move(progress)},
      archive_{read_only(file)} {
    std::vector<Stream> streams(std::min(base::cores(), most_streams));
    slots_ = make_slots(streams.size());
    start(prefix, streams);
    receiving_ = streams.size();
    for (std::size_t i = 0; i < streams.size(); ++i)
        threads_.emplace_back([this, i, stream = std::move(streams[i])] { receive(stream, i); });
}

// Starts the child.
void Unpacking::start(const std::string& prefix, std::vector<Stream>& streams) {
    base::Pipe complaint;
    std::vector<base::Handed> handed{{archive_.get(), STDIN_FILENO},
                                     {complaint.writer.get(), STDOUT_FILENO},
                                     {arrivals_.reader.get(), arrivals_fd},
                                     {slots_.get(), slots_fd}};
    for (int number = 0; const Stream& stream : streams) {
        handed.push_back({stream.full.writer.get(), full_fd(number)});
        handed.push_back({stream.freed.reader.get(), freed_fd(number++)});
    }
    std::vector<std::string> words{"/proc/self/exe", "read-archive",
                                   base::format("{}", streams.size())};
    if (kind_ == ArchiveKind::module_zip) words.push_back(prefix);
    if (kind_ == ArchiveKind::full_tarball) words.emplace_back("--full");
    child_ = std::make_unique<base::ChildProcess>(
        base::ProcessSpec{std::move(words), environment_of_loader(), "/"}, handed);
    complaint_ = std::move(complaint.reader);
    for (Stream& stream : streams) stream.full.writer.reset();
}

Unpacking::~Unpacking() {
    if (child_) child_->end();
    threads_.clear();  // joins
}

// Keeps the first failure, and ends the child: there is no use for more.
void Unpacking::fail() {
    {
        const std::lock_guard lock{guard_};
        if (!failure_) failure_ = std::current_exception();
    }
    child_->end();
}

void Unpacking::receive(const Stream& stream, std::size_t number) {
    try {
        TreeSink sink{tree_};
        MemberReader reader{
            {{slots_.get(), number}, stream.full.reader.get(), stream.freed.writer.get()}};
        if (reader.read_all(sink, [&](std::uint64_t total) { tree_.expect(total); })) {
            sink.end();
        } else {
            const std::lock_guard lock{guard_};
            cut_short_ = true;
        }
    } catch (...) {
        fail();
    }
    const std::lock_guard lock{guard_};
    --receiving_;
    ended_.notify_all();
}

void Unpacking::arrived(const Arrived& arrived) {
    // Small pieces are not worth waking anybody.
    if (arrived.beginning < told_.beginning + piece && arrived.ending == told_.ending) return;
    bool in_vain = false;
    {
        const std::lock_guard lock{guard_};
        in_vain = receiving_ == 0;
    }
    if (in_vain) {
        settle();
        throw Error{"the archive goes on after its end", {}, ExitCode::verification};
    }
    // The pipe has room for more of them than any archive has pieces, and a reader as long as this
    // process has the other end.
    base::write_all(arrivals_.writer.get(),
                    {reinterpret_cast<const std::uint8_t*>(&arrived), sizeof arrived},
                    "to the process that reads the archive");
    told_ = arrived;
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

// Waits until the child has brought everything. How far it is shows in the position up to which it
// has read the archive, and of a zip, in what has been written.
void Unpacking::wait_for_all() {
    const auto size = static_cast<double>(size_of(archive_.get()));
    std::unique_lock lock{guard_};
    while (
        !ended_.wait_for(lock, std::chrono::milliseconds{100}, [&] { return receiving_ == 0; })) {
        if (kind_ == ArchiveKind::module_zip || !progress_) continue;
        progress_(static_cast<double>(::lseek(archive_.get(), 0, SEEK_CUR)) / size);
    }
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
    arrivals_.writer.reset();
    wait_for_all();
    settle();
    return tree_.take();
}

}  // namespace gov::download
