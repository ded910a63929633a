// SPDX-License-Identifier: Apache-2.0
#include "download/assembly.hpp"

#include "base/error.hpp"
#include "download/little_endian.hpp"

#include <algorithm>
#include <cerrno>
#include <iterator>

#include <unistd.h>

namespace gov::download {

namespace {

void write_at(int fd, std::uint64_t offset, base::Bytes data) {
    while (!data.empty()) {
        const ssize_t written = ::pwrite(fd, data.data(), data.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw base::system_error("writing the download", errno);
        data = data.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
}

void cut(int fd, std::uint64_t bytes) {
    if (::ftruncate(fd, static_cast<off_t>(bytes)) != 0)
        throw base::system_error("cutting the download", errno);
}

}  // namespace

void Assembly::take_over(std::uint64_t bytes) {
    const std::lock_guard lock{guard_};
    cut(fd_, bytes);
    contiguous_ = received_ = bytes;
    hash_from_file();
    tell();
}

void Assembly::restart() {
    const std::lock_guard lock{guard_};
    if (received_ > 0 || size_of(fd_) > 0) arrivals_.restarts();
    cut(fd_, 0);
    hash_ = {};
    parts_.clear();
    contiguous_ = hashed_ = received_ = total_ = 0;
}

void Assembly::close_gaps(std::uint64_t ending) {
    const std::lock_guard lock{guard_};
    std::erase_if(parts_, [&](const auto& part) { return part.first != ending; });
    received_ = contiguous_;
    for (const auto& [begin, end] : parts_) received_ += end - begin;
    if (parts_.empty()) cut(fd_, contiguous_);
}

void Assembly::write(std::uint64_t offset, base::Bytes data) {
    write_at(fd_, offset, data);
    const std::lock_guard lock{guard_};
    const bool is_next = offset == hashed_;
    take_part(offset, offset + data.size());
    if (is_next) {  // the common case spares reading it again
        hash_.update(data);
        hashed_ += data.size();
    }
    hash_from_file();
    tell();
}

void Assembly::set_total(std::uint64_t total) {
    const std::lock_guard lock{guard_};
    total_ = total;
}

std::uint64_t Assembly::contiguous() const {
    const std::lock_guard lock{guard_};
    return contiguous_;
}

std::string Assembly::finish_sha256() {
    const std::lock_guard lock{guard_};
    return base::to_hex(hash_.finish());
}

void Assembly::take_part(std::uint64_t begin, std::uint64_t end) {
    received_ += end - begin;
    const auto after = parts_.lower_bound(begin);
    if (after != parts_.begin() && std::prev(after)->second == begin)
        std::prev(after)->second = end;
    else
        parts_.emplace(begin, end);
    while (!parts_.empty() && parts_.begin()->first == contiguous_) {
        contiguous_ = parts_.begin()->second;
        parts_.erase(parts_.begin());
    }
}

void Assembly::hash_from_file() {
    constexpr std::uint64_t piece = std::uint64_t{1} << 20U;
    while (hashed_ < contiguous_) {
        const std::uint64_t size = std::min(piece, contiguous_ - hashed_);
        hash_.update(base::as_bytes(read_exactly(fd_, hashed_, size)));
        hashed_ += size;
    }
}

void Assembly::tell() {
    arrivals_.contiguous(contiguous_);
    arrivals_.progress(received_, total_);
}

}  // namespace gov::download
