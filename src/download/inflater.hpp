// SPDX-License-Identifier: Apache-2.0
#pragma once
// Inflater: deflate undone piece by piece, by isa-l where it is installed and by zlib elsewhere.

#include "base/crypto.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace gov::download {

enum class Wrapping { raw, gzip };  // RFC 1951 alone, or inside RFC 1952

class Inflater {
public:
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        bool finished = false;  // the stream, with gzip's check sum, is complete
    };

    static std::unique_ptr<Inflater> make(Wrapping wrapping);

    virtual ~Inflater() = default;
    // Inflates as much of `input` as fits `output`. Throws Error (ExitCode::verification) for
    // damaged data. What stands behind the stream's end is refused too, or is left unconsumed.
    // Zero consumed and zero produced: more input is needed.
    virtual Step inflate(base::Bytes input, std::span<std::uint8_t> output) = 0;
    // Ready for another stream.
    virtual void reset() = 0;
};

// The CRC-32 of zip and gzip (IEEE 802.3) over `data`, continued from `crc` (0 at the start).
std::uint32_t crc32(std::uint32_t crc, base::Bytes data);

}  // namespace gov::download
