// SPDX-License-Identifier: Apache-2.0
#include "commands/cache_request.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "commands/cross_request.hpp"
#include "cross/shared_cache.hpp"
#include "cross/targets.hpp"

#include <array>

namespace gov::commands {

using base::Error;
using base::ExitCode;

CacheRequest cache_request(const Invocation& invocation) {
    const CrossRequest cross = cross_request(invocation);
    const store::Places places = store::Places::of(invocation.environment);
    const std::string local{cross.plan.environment.get("GOCACHE").value_or("")};
    CacheRequest request{
        cache::Settings::of(invocation.environment, places, local, cross.plan.table.cache), {}};
    if (request.settings.remote.empty())
        throw Error{"no shared cache is set",
                    "set remote in [cache] of config.toml, see gov-config(5)", ExitCode::usage};
    if (!request.settings.reads())
        throw Error{"the shared cache is off", "see gov cache stats", ExitCode::usage};
    request.settings.heeds_rest = false;  // who asks by hand wants an answer now
    const std::string module = cross::module_of(invocation.directory);
    std::vector<std::string> patterns = invocation.arguments.words;
    if (patterns.empty()) patterns.push_back(toolchain::Platform::host().str());
    for (const cross::Target& target :
         cross::expand_targets(patterns, cross::known_targets(cross.plan.goroot)))
        request.keys.push_back(
            {cross.plan.go_version.name(), target.platform.os, target.platform.arch, module});
    return request;
}

void tell_outcome(const Invocation& invocation, const CacheRequest& request,
                  const cache::Statistics& statistics, const std::string& text,
                  const std::string& trouble) {
    cache::keep(request.settings.folder, statistics, trouble);
    if (invocation.arguments.has("json"))
        invocation.output.result(base::Json{cache::json_of(statistics)}.write());
    else
        invocation.output.result(text + "\n");
    if (!trouble.empty())
        throw Error{trouble, "gov cache stats tells what is set", ExitCode::unreachable};
}

std::string size_text(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 4> units{"B", "KiB", "MiB", "GiB"};
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; size >= 1024 && unit + 1 < units.size(); ++unit) size /= 1024;
    return unit == 0 ? base::format("{} B", bytes) : base::format("{:.1f} {}", size, units[unit]);
}

}  // namespace gov::commands
