// SPDX-License-Identifier: Apache-2.0
#pragma once
// Unpacking: an archive on its way into a directory. A child process reads it; this one checks,
// hashes and writes what the child finds, on several threads.

#include "base/child_process.hpp"
#include "download/archive_file.hpp"
#include "download/archive_reader.hpp"
#include "download/tree.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace gov::download {

class Unpacking {
public:
    // Starts to unpack the archive in `file`, a descriptor, as it arrives there (see arrived()): of
    // a zip the end must come before all else, if not everything. `prefix` is the module's in a
    // zip. What `destination` and `progress` refer to must outlive this. Throws Error.
    Unpacking(ArchiveKind kind, const std::string& prefix, int file, const Destination& destination,
              UnpackProgress progress);
    Unpacking(const Unpacking&) = delete;
    Unpacking& operator=(const Unpacking&) = delete;
    // Stops; what has been made stays.
    ~Unpacking();

    // This much of the archive is in its file. Throws as finish() does where it is clear already
    // that there is no use for more; then neither is to be called again.
    void arrived(const Arrived& arrived);
    // The whole archive is in its file: waits until all of it is unpacked. To be called once.
    // Throws Error: ExitCode::verification for what is no release, ExitCode::disk, and others.
    Unpacked finish();

private:
    struct Stream;

    void start(const std::string& prefix, std::vector<Stream>& streams);
    void receive(const Stream& stream, std::size_t number);
    void fail();
    void wait_for_all();
    void settle();
    [[noreturn]] void refuse(int status) const;

    ArchiveKind kind_;
    UnpackProgress progress_;
    Tree tree_;

    std::mutex guard_;
    std::condition_variable ended_;
    std::size_t receiving_ = 0;   // threads that do
    bool cut_short_ = false;      // the child ended without having said that this was all
    std::exception_ptr failure_;  // the first of this process

    base::UniqueFd archive_;    // with the position up to which the child has read
    base::Pipe arrivals_;       // tells the child how much of the archive is there
    Arrived told_;              // to the child
    base::UniqueFd slots_;      // of Slots
    base::UniqueFd complaint_;  // what the child says, where it fails
    std::unique_ptr<base::ChildProcess> child_;
    std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace gov::download
