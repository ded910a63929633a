// SPDX-License-Identifier: Apache-2.0
#pragma once
// fetch_ranges(): what is missing of a file, by several connections at once.

#include "download/access.hpp"
#include "download/assembly.hpp"
#include "download/transfer.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace gov::download {

struct RangedFile {
    std::string url;
    std::string etag;  // strong
    std::uint64_t total = 0;
    std::uint64_t end = 0;  // what comes from here on is there already
};

// Asks for pieces of what `assembly` lacks before the file's `end`, the next one first, so that its
// beginning grows; `piece_came` is told after each. A connection that the server does not serve is
// given up, the others go on: what they bring may have gaps. False where the file there is no
// longer the one with that ETag. Throws Error: ExitCode::interrupted, and for what cannot be
// written.
bool fetch_ranges(const Access& access, const RangedFile& file, Assembly& assembly,
                  const std::function<void()>& piece_came);

// What is wrong with an answer that should be the bytes from `first` to `last` of a file of `total`
// bytes; empty where nothing is (RFC 9110, Content-Range).
std::string wrong_part(const Transfer& answer, std::uint64_t first, std::uint64_t last,
                       std::uint64_t total);

// The size of the whole file that the answer is a part of; 0 where it does not say.
std::uint64_t total_of(const Transfer& answer);

}  // namespace gov::download
