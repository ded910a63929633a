// SPDX-License-Identifier: Apache-2.0
#pragma once
// download(): one file from a server, whatever happens on the way.

#include "download/access.hpp"
#include "download/arrivals.hpp"
#include "download/partial_file.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace gov::download {

struct Downloaded {
    std::uint64_t size = 0;
    std::string sha256;       // hex, of the whole
    bool is_resumed = false;  // an earlier run brought part of it
};

struct Length {
    std::uint64_t most = 0;      // in bytes; more is refused
    std::uint64_t expected = 0;  // 0: not known; less, without the server saying so, is cut short
    std::uint64_t end = 0;       // so much of the end is asked for before all else
};

// Brings `url` into `file`, which goes on with what an earlier run left there; nullopt where the
// server has no such file. A transfer that breaks off is tried again and goes on where it stopped,
// if the server tells by a strong ETag that the file is the same. One that is slow is shared among
// several connections, if the server also takes ranges, and only from such a server the end comes
// before all else. Where it throws for an answer that did not come (ExitCode::unreachable,
// ExitCode::interrupted), `file` keeps what has come. Throws Error: ExitCode::verification for a
// longer file.
std::optional<Downloaded> download(const Access& access, const std::string& url, Length length,
                                   PartialFile& file, Arrivals& arrivals);

}  // namespace gov::download
