// SPDX-License-Identifier: Apache-2.0
#include "download/slots.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "download/little_endian.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace gov::download {

namespace {

using Ready = std::uint32_t;  // how many bytes of a slot are

constexpr std::size_t stream_size = Slots::count * slot_size;

}  // namespace

// Sealed, because a process that has it mapped dies where another one cuts it.
base::UniqueFd make_slots(std::size_t streams) {
    base::UniqueFd file{::memfd_create("gov", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!file || ::ftruncate(file.get(), static_cast<off_t>(streams * stream_size)) != 0 ||
        ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        throw base::system_error("making memory to share with another process", errno);
    return file;
}

Slots::Slots(int file, std::size_t stream) {
    void* memory = ::mmap(nullptr, stream_size, PROT_READ | PROT_WRITE, MAP_SHARED, file,
                          static_cast<off_t>(stream * stream_size));
    if (memory == MAP_FAILED)
        throw base::system_error("mapping memory shared with another process", errno);
    memory_ = static_cast<std::uint8_t*>(memory);
}

Slots::Slots(Slots&& other) noexcept : memory_{std::exchange(other.memory_, nullptr)} {}

Slots::~Slots() {
    if (memory_ != nullptr) ::munmap(memory_, stream_size);
}

std::span<std::uint8_t> Slots::at(std::size_t number) const noexcept {
    return {memory_ + number % count * slot_size, slot_size};
}

void SlotSender::wait() {
    std::array<std::uint8_t, Slots::count> freed;  // one byte for each
    const std::size_t got = read_some(freed_, freed, "which slots are free");
    if (got == 0) throw base::Error{"the process that writes files is gone"};
    free_ += got;
}

void SlotSender::send(std::size_t size) {
    const auto ready = static_cast<Ready>(size);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&ready);
    base::write_all(full_, {bytes, sizeof ready}, "to the process that writes files");
    ++next_;
    --free_;
}

// Has something left in the slot; false where nothing will come.
bool SlotReceiver::wait() {
    if (start_ < end_) return true;
    Ready ready = 0;
    const std::size_t got =
        read_some(full_, {reinterpret_cast<std::uint8_t*>(&ready), sizeof ready}, "members");
    if (got == 0) return false;
    if (got != sizeof ready || ready == 0 || ready > slot_size)
        throw base::Error{
            "the process that reads the archive sent no members", {}, base::ExitCode::verification};
    start_ = 0;
    end_ = ready;
    return true;
}

std::size_t SlotReceiver::read(std::span<std::uint8_t> buffer) {
    if (!wait()) return 0;
    const std::size_t size = std::min(end_ - start_, buffer.size());
    std::memcpy(buffer.data(), slots_.at(next_).data() + start_, size);
    start_ += size;
    if (start_ == end_) {
        ++next_;
        constexpr std::uint8_t one = 0;
        base::write_all(freed_, {&one, 1}, "to the process that reads the archive");
    }
    return size;
}

}  // namespace gov::download
