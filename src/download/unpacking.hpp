// SPDX-License-Identifier: Apache-2.0
#pragma once
// Unpacking: an archive on its way into a directory. A child process reads it; this one checks,
// hashes and writes what the child finds, on several threads.

#include "base/process.hpp"
#include "download/archive_reader.hpp"
#include "download/tree.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <thread>

namespace gov::download {

class Unpacking {
public:
    // Starts to unpack the archive in `file`, a descriptor: a tarball's bytes as they arrive there
    // (see arrived()), while a zip must be whole. `prefix` is the module's in a zip. What
    // `destination` and `progress` refer to must outlive this. Throws Error.
    Unpacking(ArchiveKind kind, const std::string& prefix, int file, const Destination& destination,
              UnpackProgress progress);
    Unpacking(const Unpacking&) = delete;
    Unpacking& operator=(const Unpacking&) = delete;
    // Stops; what has been made stays.
    ~Unpacking();

    // The first `bytes` bytes of the archive are in its file. Throws as finish() does where it is
    // clear already that there is no use for more; then neither is to be called again.
    void arrived(std::uint64_t bytes);
    // The whole archive is in its file: waits until all of it is unpacked. To be called once.
    // Throws Error: ExitCode::verification for what is no release, ExitCode::disk, and others.
    Unpacked finish();

private:
    void feed(int pipe);
    void receive(int pipe);
    void fail();
    void stop();
    void settle();
    [[noreturn]] void refuse(int status) const;

    ArchiveKind kind_;
    UnpackProgress progress_;
    Tree tree_;

    std::mutex guard_;
    std::condition_variable changed_;
    std::uint64_t arrived_ = 0;
    std::uint64_t told_ = 0;  // of arrived_, to the thread that feeds the child
    bool whole_ = false;
    bool stopped_ = false;
    bool in_vain_ = false;        // something failed, or the child reads no more
    bool cut_short_ = false;      // the child ended without having said that this was all
    std::exception_ptr failure_;  // the first of this process

    int file_;
    base::UniqueFd complaint_;  // what the child says, where it fails
    std::optional<base::ChildProcess> child_;
    std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace gov::download
