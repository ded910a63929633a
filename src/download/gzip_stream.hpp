// SPDX-License-Identifier: Apache-2.0
#pragma once
// GzipStream: the one gzip member that a file consists of, inflated block by block on a thread of
// its own while the reader works on the block before.

#include "base/crypto.hpp"
#include "download/archive_file.hpp"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace gov::download {

class GzipStream {
public:
    // Reads `file`, which must outlive this, to its end.
    explicit GzipStream(ArchiveFile& file);
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream();

    // The next block of inflated data, valid until the next call; empty at the end. Throws Error
    // (ExitCode::verification): damaged, cut short, or anything after the gzip member.
    base::Bytes next();

private:
    using Block = std::vector<std::uint8_t>;

    void inflate_all(const std::stop_token& stop);
    bool hand_over(Block& block, const std::stop_token& stop);

    ArchiveFile& file_;
    std::mutex guard_;
    std::condition_variable_any changed_;
    std::vector<Block> ready_;  // oldest first
    std::vector<Block> spare_;  // used up, to be filled again
    Block current_;             // the reader's
    bool ended_ = false;
    std::exception_ptr failure_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace gov::download
