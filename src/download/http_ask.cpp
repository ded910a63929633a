// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/format.hpp"
#include "download/http.hpp"
#include "download/retry.hpp"
#include "download/url.hpp"

#include <utility>

namespace gov::download {

Http::Answer Http::ask(const Request& request, std::size_t limit) {
    return base::while_doing(base::format("asking {}", shown_url(request.url)), [&] {
        Answer answer;
        for (Retry retry;; retry.pause(*this)) {
            answer.body.clear();
            Transfer transfer;
            transfer.limit = limit;
            transfer.sink = [&](base::Bytes data) {
                answer.body.append(reinterpret_cast<const char*>(data.data()), data.size());
                return true;
            };
            answer.outcome = perform(request, transfer);
            if (answer.outcome == Outcome::passing) continue;
            answer.etag = transfer.etag;
            answer.last_modified = transfer.last_modified;
            return answer;
        }
    });
}

std::optional<std::string> Http::get(const std::string& url, std::size_t limit) {
    Answer answer = ask({.url = url}, limit);
    if (answer.outcome == Outcome::absent) return std::nullopt;
    return std::move(answer.body);
}

}  // namespace gov::download
