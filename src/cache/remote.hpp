// SPDX-License-Identifier: Apache-2.0
#pragma once
// Remote: the shared cache, a server with the paths of Bazel's remote caches: /ac/ has what actions
// gave, /cas/ the bodies. (github.com/bazelbuild/remote-apis; bazel.build/remote/caching)

#include "cache/action_result.hpp"
#include "cache/health.hpp"
#include "cache/settings.hpp"
#include "cache/statistics.hpp"
#include "download/http.hpp"

#include <optional>
#include <string>

namespace gov::cache {

// One connection, for one thread. Nothing that the server does is an error here: what it did not
// give is a miss, and what it did not take is not there. Every body is compared with its digest.
class Remote {
public:
    // Opens nothing before it is asked.
    Remote(const Settings& settings, Health& health, Statistics& statistics);

    // What another machine has put for `action`; the body comes along where it is small.
    std::optional<SharedEntry> find(const ActionId& action);
    std::optional<std::string> body(const Entry& entry);

    // Puts the body, then the entry; false where the server did not take both.
    bool store(const ActionId& action, const Entry& entry, std::string_view body);

private:
    struct Told;  // how a request went
    Told ask(const download::Request& request, download::Transfer& transfer);
    std::optional<std::string> get(const std::string& path, std::uint64_t limit);
    bool put(const std::string& path, std::string_view content);
    Told put_once(const std::string& path, std::string_view content);
    static bool may_lack_folder(const Told& told);
    void make_folders();
    void was_wrong();
    std::chrono::milliseconds longest(std::uint64_t size) const;

    const Settings& settings_;
    Health& health_;
    Statistics& statistics_;
    std::optional<download::Http> http_;
    bool made_folders_ = false;  // once is enough
};

}  // namespace gov::cache
