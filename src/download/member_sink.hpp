// SPDX-License-Identifier: Apache-2.0
#pragma once
// MemberSink: where the readers of archives bring what they find.

#include "base/crypto.hpp"

#include <cstdint>
#include <string_view>

namespace gov::download {

// Takes in the files of an archive one after the other, on one thread.
class MemberSink {
public:
    virtual ~MemberSink() = default;
    // A file starts that will have `size` bytes. `name` is the one that it has in the toolchain
    // module, below the module's prefix.
    virtual void begin(std::string_view name, std::uint64_t size) = 0;
    virtual void write(base::Bytes data) = 0;
    virtual void finish() = 0;
};

// The limits of every archive; real toolchains have up to 12,000 files of up to 240 MB together.
inline constexpr std::size_t most_files = 100'000;
inline constexpr std::uint64_t most_bytes = std::uint64_t{2} << 30U;

}  // namespace gov::download
