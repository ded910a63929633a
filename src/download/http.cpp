// SPDX-License-Identifier: Apache-2.0
#include "download/http.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/lazy_library.hpp"
#include "base/printable.hpp"
#include "download/url.hpp"

#include <curl/curl.h>

#include <chrono>
#include <exception>
#include <thread>

#include <unistd.h>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

struct CurlApi {
    base::LazyLibrary library{"libcurl.so.4", "libcurl4"};
    GOV_SYMBOL(curl_, global_init);
    GOV_SYMBOL(curl_, easy_init);
    GOV_SYMBOL(curl_, easy_cleanup);
    GOV_SYMBOL(curl_, easy_setopt);
    GOV_SYMBOL(curl_, easy_perform);
    GOV_SYMBOL(curl_, easy_getinfo);
    GOV_SYMBOL(curl_, easy_strerror);
    GOV_SYMBOL(curl_, slist_append);
    GOV_SYMBOL(curl_, slist_free_all);

    CurlApi() {
        if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error{"libcurl does not start"};
    }
};

const CurlApi& curl_api() {
    static const CurlApi api;
    return api;
}

struct EasyCloser {
    void operator()(CURL* handle) const noexcept { curl_api().easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;
struct ListCloser {
    void operator()(curl_slist* list) const noexcept { curl_api().slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, ListCloser>;

int on_progress(void* user, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    if (base::interrupted()) return 1;
    try {
        if (transfer.progress != nullptr && *transfer.progress)
            (*transfer.progress)(
                transfer.offset + static_cast<std::uint64_t>(now),
                total > 0 ? transfer.offset + static_cast<std::uint64_t>(total) : 0);
    } catch (...) {
        transfer.failure = std::current_exception();
        return 1;
    }
    return 0;
}

enum class Outcome { done, absent, passing };  // passing: may go better another time

// A host that is not there at all is not waited for: there may be another source to ask.
bool passes(CURLcode code) noexcept {
    switch (code) {
        case CURLE_PARTIAL_FILE:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return true;
        default:
            return false;
    }
}

// Where the file behind `fd` is to go on: after what has come of an answer with a strong ETag, or
// at its start.
void start_at(Transfer& transfer, int fd) {
    const bool goes_on = !transfer.etag.empty() && transfer.received > 0;
    transfer.offset = goes_on ? transfer.received : 0;
    const auto offset = static_cast<off_t>(transfer.offset);
    if (::ftruncate(fd, offset) != 0 || ::lseek(fd, offset, SEEK_SET) != offset)
        throw base::system_error("starting the download", errno);
}

}  // namespace

struct Http::State {
    Easy easy{curl_api().easy_init()};
    char message[CURL_ERROR_SIZE] = {};
    Headers headers;     // of the request under way
    std::string reason;  // of the last failure

    template <class Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_api().easy_setopt(easy.get(), option, value);
            code != CURLE_OK)
            throw Error{base::format("setting up libcurl: {}", curl_api().easy_strerror(code))};
    }

    void configure();
    void set_range(const Transfer& transfer);
    void prepare(const std::string& url, Transfer& transfer);
    Outcome perform(const std::string& url, Transfer& transfer);
    void check_continuation(Transfer& transfer, int fd);
    Outcome judge(CURLcode code, const std::string& url, Transfer& transfer);
};

// What holds for every request. Set once: libcurl refuses some of it on a handle that has been
// used.
void Http::State::configure() {
    set(CURLOPT_MAXREDIRS, 5L);
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    set(CURLOPT_CONNECTTIMEOUT, 10L);
    set(CURLOPT_LOW_SPEED_LIMIT, 1024L);
    set(CURLOPT_LOW_SPEED_TIME, 20L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, "gov/" GOV_VERSION);
    set(CURLOPT_ERRORBUFFER, message);
    set(CURLOPT_BUFFERSIZE, 256L * 1024L);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &on_progress);
    set(CURLOPT_FAILONERROR, 1L);
}

// Asks for what is missing of an answer that broke off, if it is still the same one.
void Http::State::set_range(const Transfer& transfer) {
    headers.reset();
    const std::string range = base::format("{}-", transfer.offset);
    const std::string condition = "If-Range: " + transfer.etag;
    if (transfer.offset > 0) headers.reset(curl_api().slist_append(nullptr, condition.c_str()));
    set(CURLOPT_RANGE, transfer.offset > 0 ? range.c_str() : nullptr);
    set(CURLOPT_HTTPHEADER, headers.get());
}

void Http::State::prepare(const std::string& url, Transfer& transfer) {
    const bool secure = url.starts_with("https:");
    const bool local = url.starts_with("file:");
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, secure ? "https" : local ? "file" : "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, local ? 0L : 1L);
    set(CURLOPT_NETRC, long{secure ? CURL_NETRC_OPTIONAL : CURL_NETRC_IGNORED});
    set(CURLOPT_PROXY, is_loopback_http(url) ? "" : nullptr);  // as in Go: never for this machine
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_XFERINFODATA, &transfer);
    set_range(transfer);
    message[0] = '\0';
}

Outcome Http::State::judge(CURLcode code, const std::string& url, Transfer& transfer) {
    base::throw_if_interrupted();
    if (transfer.failure) std::rethrow_exception(transfer.failure);
    long status = 0;
    curl_api().easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK) {
        if (!url.starts_with("file:") && status != (transfer.offset > 0 ? 206 : 200))
            throw Error{base::format("the server answered with status {}", status),
                        {},
                        ExitCode::unreachable};
        return Outcome::done;
    }
    if (code == CURLE_FILE_COULDNT_READ_FILE) return Outcome::absent;
    if (code == CURLE_HTTP_RETURNED_ERROR) {
        if (status == 404 || status == 410) return Outcome::absent;
        reason = base::format("the server answered with status {}", status);
        if (status == 416 && transfer.offset > 0) transfer.etag.clear();  // start again
        if (status == 416 || status == 429 || status >= 500) return Outcome::passing;
        throw Error{reason, {}, ExitCode::unreachable};
    }
    reason = base::printable(message[0] != '\0' ? message : curl_api().easy_strerror(code));
    if (passes(code)) return Outcome::passing;
    throw Error{reason, {}, ExitCode::unreachable};
}

Outcome Http::State::perform(const std::string& url, Transfer& transfer) {
    prepare(url, transfer);
    return judge(curl_api().easy_perform(easy.get()), url, transfer);
}

// The answer to a request to go on may be the whole file again, or a part that does not fit.
void Http::State::check_continuation(Transfer& transfer, int fd) {
    if (transfer.offset == 0) return;
    const std::string expected = base::format("bytes {}-", transfer.offset);
    if (transfer.content_range.starts_with(expected)) return;
    transfer.etag.clear();
    start_at(transfer, fd);
    transfer.start_answer();
    long status = 0;
    curl_api().easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
        throw Error{"the server went on with another part than it was asked for",
                    {},
                    ExitCode::unreachable};
}

Http::Http() : state_{std::make_unique<State>()} {
    if (!state_->easy) throw std::bad_alloc{};
    state_->configure();
}
Http::Http(Http&&) noexcept = default;
Http& Http::operator=(Http&&) noexcept = default;
Http::~Http() = default;

namespace {

constexpr int tries = 3;

// Calls `attempt` until it is not Outcome::passing, at most `tries` times. False: absent.
template <class Attempt>
bool persist(const std::string& url, const std::string& reason, const Attempt& attempt) {
    return base::while_doing(base::format("asking {}", shown_url(url)), [&] {
        for (int turn = 1;; ++turn) {
            const Outcome outcome = attempt();
            if (outcome != Outcome::passing) return outcome == Outcome::done;
            if (turn == tries) throw Error{reason, {}, ExitCode::unreachable};
            std::this_thread::sleep_for(std::chrono::milliseconds{100 << turn});
        }
    });
}

}  // namespace

std::optional<std::string> Http::get(const std::string& url, std::size_t limit) {
    std::string body;
    const bool found = persist(url, state_->reason, [&] {
        body.clear();
        Transfer transfer;
        transfer.limit = limit;
        transfer.sink = [&](base::Bytes data) {
            body.append(reinterpret_cast<const char*>(data.data()), data.size());
        };
        return state_->perform(url, transfer);
    });
    if (!found) return std::nullopt;
    return body;
}

std::optional<std::uint64_t> Http::download(const std::string& url, int fd, std::uint64_t limit,
                                            const Progress& progress) {
    Transfer transfer;
    transfer.limit = limit;
    transfer.too_long = ExitCode::verification;
    transfer.progress = &progress;
    transfer.begin = [&] { state_->check_continuation(transfer, fd); };
    transfer.sink = [&](base::Bytes data) { base::write_all(fd, data, "the download"); };
    const bool found = persist(url, state_->reason, [&] {
        start_at(transfer, fd);
        return state_->perform(url, transfer);
    });
    if (!found) return std::nullopt;
    return transfer.received;
}

}  // namespace gov::download
