// SPDX-License-Identifier: Apache-2.0
#include "download/log_answers.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/threads.hpp"

#include <atomic>
#include <exception>

namespace gov::download {

namespace {

constexpr std::size_t most_connections = 4;

}  // namespace

LogAnswers::LogAnswers(std::string name, DatabaseSetting setting, std::vector<ModuleProxy> proxies,
                       const Access& access)
    : name_{std::move(name)},
      setting_{std::move(setting)},
      proxies_{std::move(proxies)},
      access_{access} {
    connections_.emplace_back(access_);
}

std::string LogAnswers::find_base_url() {
    if (!setting_.url.empty()) return setting_.url;
    std::exception_ptr failure;  // of a proxy that may speak for the database, for all we know
    for (const ModuleProxy& proxy : proxies_) {
        if (proxy.is_direct) failure = nullptr;
        if (proxy.url.empty() || proxy.is_direct) break;
        const std::string base = base::format("{}/sumdb/{}", proxy.url, name_);
        try {
            if (connections_[0].get(base + "/supported", proof::max_answer_size)) return base;
        } catch (const base::Error&) {
            if (!proxy.falls_through_any_error) throw;
            failure = std::current_exception();
        }
    }
    if (failure) std::rethrow_exception(failure);
    return "https://" + name_;
}

const std::string& LogAnswers::base_url() {
    if (base_url_.empty()) base_url_ = find_base_url();
    return base_url_;
}

std::optional<std::string> LogAnswers::fetch(const std::string& path) {
    return base::while_doing(base::format("asking the checksum database {}", name_), [&] {
        return connections_[0].get(base_url() + path, proof::max_answer_size);
    });
}

std::vector<std::optional<std::string>> LogAnswers::fetch_all(std::span<const std::string> paths) {
    std::vector<std::optional<std::string>> bodies(paths.size());
    while (connections_.size() < std::min(paths.size(), most_connections))
        connections_.emplace_back(access_);
    return base::while_doing(base::format("asking the checksum database {}", name_), [&] {
        const std::string& base = base_url();
        std::atomic<std::size_t> next = 0;
        std::atomic<std::size_t> connection = 0;
        base::on_threads(std::min(paths.size(), most_connections), [&] {
            Http& http = connections_[connection++];
            for (std::size_t i = next++; i < paths.size(); i = next++)
                bodies[i] = http.get(base + paths[i], proof::max_answer_size);
        });
        return std::move(bodies);
    });
}

}  // namespace gov::download
