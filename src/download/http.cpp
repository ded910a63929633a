// SPDX-License-Identifier: Apache-2.0
#include "download/http.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/lazy_library.hpp"
#include "base/printable.hpp"
#include "download/url.hpp"

#include <curl/curl.h>

#include <exception>
#include <utility>

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

// Called about once a second where nothing comes, and often where much does.
int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        if (transfer.watch) transfer.watch();
    } catch (...) {
        transfer.failure = std::current_exception();
        return 1;
    }
    const bool cancelled = transfer.cancelled != nullptr && transfer.cancelled->load();
    return base::interrupted() || cancelled ? 1 : 0;
}

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

std::string hint_for(std::string_view reason) {
    const bool is_clock = reason.find("not yet valid") != std::string_view::npos ||
                          reason.find("has expired") != std::string_view::npos;
    return is_clock ? "check this machine's clock" : "";
}

}  // namespace

struct Http::State {
    Easy easy{curl_api().easy_init()};
    Access access;
    char message[CURL_ERROR_SIZE] = {};
    Headers headers;     // of the request under way
    std::string reason;  // of the last failure
    std::chrono::seconds retry_after{0};
    int status = 0;

    template <class Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_api().easy_setopt(easy.get(), option, value);
            code != CURLE_OK)
            throw Error{base::format("setting up libcurl: {}", curl_api().easy_strerror(code))};
    }

    void configure();
    void add_header(std::string_view name, const std::string& value);
    void prepare(const Request& request, const std::string& url, Transfer& transfer);
    void prepare_method(const Request& request);
    std::string target_of_redirect(const std::string& url);
    Outcome judge_answer(const Request& request, const Transfer& transfer);
    Outcome judge_failure(CURLcode code, const Request& request);
    Outcome perform(const Request& request, Transfer& transfer);
};

// What holds for every request.
void Http::State::configure() {
    const auto patience = static_cast<long>(access.patience.count());
    set(CURLOPT_FOLLOWLOCATION, 0L);  // follow() has stricter rules
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    set(CURLOPT_CONNECTTIMEOUT, std::min(10L, patience));
    set(CURLOPT_LOW_SPEED_LIMIT, 1024L);
    set(CURLOPT_LOW_SPEED_TIME, patience);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, "gov/" GOV_VERSION);
    set(CURLOPT_ERRORBUFFER, message);
    set(CURLOPT_BUFFERSIZE, 256L * 1024L);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &on_progress);
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_NOPROXY, "");  // access.proxy_for has decided
    if (!access.netrc_file.empty()) set(CURLOPT_NETRC_FILE, access.netrc_file.c_str());
    if (!access.certificate_file.empty()) set(CURLOPT_CAINFO, access.certificate_file.c_str());
    if (!access.certificate_directory.empty())
        set(CURLOPT_CAPATH, access.certificate_directory.c_str());
}

void Http::State::add_header(std::string_view name, const std::string& value) {
    if (value.empty()) return;
    curl_slist* longer =
        curl_api().slist_append(headers.get(), base::format("{}: {}", name, value).c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    static_cast<void>(headers.release());  // it is the list's first node that slist_append returned
    headers.reset(longer);
}

void Http::State::prepare_method(const Request& request) {
    set(CURLOPT_HTTPGET, 1L);
    set(CURLOPT_CUSTOMREQUEST, request.method == Method::put               ? "PUT"
                               : request.method == Method::make_collection ? "MKCOL"
                                                                           : nullptr);
    if (request.method != Method::put) return;
    // As the data of a POST it needs no callbacks, and can be sent again on a new connection.
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.empty() ? static_cast<const void*>("")
                                                 : static_cast<const void*>(request.body.data()));
    add_header("Content-Type", "application/octet-stream");
}

void Http::State::prepare(const Request& request, const std::string& url, Transfer& transfer) {
    const bool secure = url.starts_with("https:");
    const bool local = url.starts_with("file:");
    headers.reset();
    add_header("If-Range", request.if_range);
    add_header("If-None-Match", request.if_none_match);
    add_header("If-Modified-Since", request.if_modified_since);
    add_header("Authorization", request.authorization);
    prepare_method(request);
    // At 32 KiB a second a body of its limit takes this long: a server that drips is given up.
    constexpr std::uint64_t day = 24 * 3600;
    const std::chrono::seconds by_size{std::min(60 + transfer.limit / 32768, day)};
    const auto longest = request.longest.count() != 0 ? request.longest : by_size;
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_RANGE, request.range.empty() ? nullptr : request.range.c_str());
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, secure ? "https" : local ? "file" : "http");
    const bool may_know = secure || access.netrc_over_http;
    set(CURLOPT_NETRC, long{may_know ? CURL_NETRC_OPTIONAL : CURL_NETRC_IGNORED});
    set(CURLOPT_PROXY, access.proxy_for(url).c_str());
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(longest.count()));
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_XFERINFODATA, &transfer);
    message[0] = '\0';
}

std::string Http::State::target_of_redirect(const std::string& url) {
    const char* target = nullptr;
    curl_api().easy_getinfo(easy.get(), CURLINFO_REDIRECT_URL, &target);
    return redirected(url, target == nullptr ? "" : target);
}

Outcome Http::State::judge_answer(const Request& request, const Transfer& transfer) {
    const bool conditional = !request.if_none_match.empty() || !request.if_modified_since.empty();
    if (status == 304 && conditional) return Outcome::unchanged;
    const bool is_part = status == 206 && !request.range.empty();
    const bool is_stored = request.method != Method::get && status > 200 && status <= 204;
    if (status != 200 && !is_part && !is_stored && !request.url.starts_with("file:"))
        throw Error{
            base::format("the server answered with status {}", status), {}, ExitCode::unreachable};
    // Nothing of the kind was asked for. A few servers call every .gz file encoded; it is not.
    const bool is_encoded = !transfer.content_encoding.empty() &&
                            transfer.content_encoding != "identity" &&
                            !request.url.ends_with(".gz");
    if (is_encoded)
        throw Error{base::format("the server sent it encoded as {}, which it was not asked to",
                                 base::printable(transfer.content_encoding)),
                    {},
                    ExitCode::unreachable};
    return Outcome::done;
}

Outcome Http::State::judge_failure(CURLcode code, const Request& request) {
    if (code == CURLE_FILE_COULDNT_READ_FILE) return Outcome::absent;
    if (code == CURLE_HTTP_RETURNED_ERROR) {
        if (status == 404 || status == 410) return Outcome::absent;
        reason = base::format("the server answered with status {}", status);
        curl_off_t seconds = 0;
        curl_api().easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &seconds);
        retry_after = std::chrono::seconds{seconds};
        const bool asks_for_range = status == 416 && !request.range.empty();
        if (asks_for_range || status == 429 || status >= 500) return Outcome::passing;
        throw Error{reason, {}, ExitCode::unreachable};
    }
    reason = base::printable(message[0] != '\0' ? message : curl_api().easy_strerror(code));
    if (passes(code)) return Outcome::passing;
    throw Error{reason, hint_for(reason), ExitCode::unreachable};
}

Outcome Http::State::perform(const Request& request, Transfer& transfer) {
    constexpr int most_redirects = 5;
    std::string url = request.url;
    retry_after = std::chrono::seconds{0};
    transfer.stopped = false;
    transfer.watch = access.watch;
    for (int redirects = 0;; ++redirects) {
        transfer.start_answer(0);
        prepare(request, url, transfer);
        const CURLcode code = curl_api().easy_perform(easy.get());
        base::throw_if_interrupted();
        if (transfer.failure) std::rethrow_exception(std::exchange(transfer.failure, nullptr));
        status = transfer.status;
        if (transfer.stopped || code == CURLE_ABORTED_BY_CALLBACK) return Outcome::stopped;
        if (code != CURLE_OK) return judge_failure(code, request);
        if (!transfer.is_redirect()) return judge_answer(request, transfer);
        if (!request.follows)
            throw Error{"it redirects, which is not followed", {}, ExitCode::unreachable};
        if (redirects == most_redirects)
            throw Error{"it redirects too often", {}, ExitCode::unreachable};
        url = target_of_redirect(url);
    }
}

Http::Http(const Access& access) : state_{std::make_unique<State>()} {
    if (!state_->easy) throw std::bad_alloc{};
    state_->access = access;
    state_->configure();
}
Http::Http(Http&&) noexcept = default;
Http& Http::operator=(Http&&) noexcept = default;
Http::~Http() = default;

Outcome Http::perform(const Request& request, Transfer& transfer) {
    return state_->perform(request, transfer);
}

const std::string& Http::reason() const {
    return state_->reason;
}

std::chrono::seconds Http::retry_after() const {
    return state_->retry_after;
}

int Http::status() const {
    return state_->status;
}

}  // namespace gov::download
