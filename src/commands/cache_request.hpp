// SPDX-License-Identifier: Apache-2.0
#pragma once
// What gov cache pull and push are about: the shared cache, and builds of the module here.

#include "cache/manifest.hpp"
#include "cache/settings.hpp"
#include "cache/statistics.hpp"
#include "commands/command.hpp"

#include <vector>

namespace gov::commands {

struct CacheRequest {
    cache::Settings settings;
    std::vector<cache::BuildKey> keys;  // one a target
};

// The toolchain in effect, and the targets that were named, or this machine's. Throws Error: no
// version chosen or not installed; ExitCode::usage where there is no shared cache.
CacheRequest cache_request(const Invocation& invocation);

// Ends the command: what was found is kept for gov cache stats, and told. Throws Error
// (ExitCode::unreachable) for `trouble`.
void tell_outcome(const Invocation& invocation, const CacheRequest& request,
                  const cache::Statistics& statistics, const std::string& text,
                  const std::string& trouble);

// "12.3 MiB".
std::string size_text(std::uint64_t bytes);

}  // namespace gov::commands
