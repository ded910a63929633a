// SPDX-License-Identifier: Apache-2.0
#pragma once
// LogAnswers: the checksum database asked over HTTP, where the go command would ask it.

#include "download/http.hpp"
#include "download/proxy_list.hpp"
#include "proof/answers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gov::download {

class LogAnswers : public proof::Answers {
public:
    // A URL in `setting` is asked and nothing else. Otherwise the first of `proxies` that says it
    // speaks for the database `name` is asked, for everything. Where each says that it does not, or
    // "direct" is reached, https://name is; where one did not answer, nobody is
    // (cmd/go/internal/modfetch/sumdb.go: initBase; proxy.go: TryProxies).
    LogAnswers(std::string name, DatabaseSetting setting, std::vector<ModuleProxy> proxies,
               const Access& access = {});

    std::optional<std::string> fetch(const std::string& path) override;
    std::vector<std::optional<std::string>> fetch_all(std::span<const std::string> paths) override;

private:
    const std::string& base_url();
    std::string find_base_url();

    std::string name_;
    DatabaseSetting setting_;
    std::vector<ModuleProxy> proxies_;
    Access access_;
    std::string base_url_;  // empty until it is known
    std::vector<Http> connections_;
};

}  // namespace gov::download
