// SPDX-License-Identifier: Apache-2.0
#pragma once
// Assembly: a file put together from parts that may come out of order, and hashed in order.

#include "base/crypto.hpp"
#include "download/arrivals.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace gov::download {

// Safe to write to from several threads; `arrivals` is told under its lock.
class Assembly {
public:
    Assembly(int fd, Arrivals& arrivals) : fd_{fd}, arrivals_{arrivals} {}
    Assembly(const Assembly&) = delete;
    Assembly& operator=(const Assembly&) = delete;
    ~Assembly() = default;

    // The first `bytes` of the file are there already.
    void take_over(std::uint64_t bytes);

    // Everything is void: cuts the file to nothing.
    void restart();

    // Forgets what lies behind the first gap, but for the end from `ending` on, if that is not 0.
    void close_gaps(std::uint64_t ending);

    // Writes `data` at `offset`, where nothing has been written. Throws Error.
    void write(std::uint64_t offset, base::Bytes data);

    // The size of the whole file; 0 where it is not known.
    void set_total(std::uint64_t total);

    // How many bytes at the beginning are there.
    std::uint64_t contiguous() const;

    // The hex SHA-256 of all that is contiguous. To be called once.
    std::string finish_sha256();

private:
    void take_part(std::uint64_t begin, std::uint64_t end);
    void hash_from_file();
    void tell();

    mutable std::mutex guard_;
    int fd_;
    Arrivals& arrivals_;
    base::Sha256 hash_;
    std::map<std::uint64_t, std::uint64_t> parts_;  // begin to end, behind the first gap
    std::uint64_t contiguous_ = 0;
    std::uint64_t hashed_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace gov::download
