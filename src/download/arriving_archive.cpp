// SPDX-License-Identifier: Apache-2.0
#include "download/arriving_archive.hpp"

#include "download/little_endian.hpp"

namespace gov::download {

namespace {

// Go releases unpack to less than three and a half times their archive; where another patch release
// of the line has most of the files already, to less than twice.
std::uint64_t unpacked_size(std::uint64_t archive, const store::SharedFiles& shared) {
    return archive / 2 * (shared.has_same_line() ? 4 : 7);
}

}  // namespace

ArrivingArchive::ArrivingArchive(int file, std::string prefix, store::Staging& staging,
                                 const store::SharedFiles& shared, Told told)
    : file_{file},
      prefix_{std::move(prefix)},
      staging_{staging},
      shared_{shared},
      told_{std::move(told)} {}

void ArrivingArchive::expect(ArchiveKind kind) {
    restarts();
    kind_ = kind;
}

void ArrivingArchive::restarts() {
    arrived_ = {};
    if (!unpacking_) return;
    unpacking_.reset();
    staging_.clear();
}

// Starts it where that has not been done.
Unpacking& ArrivingArchive::unpacking() {
    if (!unpacking_)
        unpacking_.emplace(kind_, prefix_, file_,
                           Destination{staging_.fd(), shared_, kind_ == ArchiveKind::full_tarball},
                           told_.unpacking);
    return *unpacking_;
}

void ArrivingArchive::contiguous(std::uint64_t bytes) {
    arrived_.beginning = bytes;
    if (bytes == 0 || (kind_ == ArchiveKind::module_zip && !unpacking_)) return;
    unpacking().arrived(arrived_);
}

void ArrivingArchive::ending(std::uint64_t begin) {
    arrived_.ending = begin;
    if (kind_ != ArchiveKind::module_zip) return;
    unpacking().arrived(arrived_);
}

void ArrivingArchive::progress(std::uint64_t received, std::uint64_t total) {
    if (total > room_for_) {
        staging_.require_space(unpacked_size(total, shared_));
        room_for_ = total;
    }
    told_.downloading(received, total);
}

Unpacked ArrivingArchive::finish() {
    const std::uint64_t size = size_of(file_);
    if (size > room_for_) staging_.require_space(unpacked_size(size, shared_));
    return unpacking().finish();
}

}  // namespace gov::download
