// SPDX-License-Identifier: Apache-2.0
#include "download/access.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using gov::base::Environment;
using gov::base::ExitCode;
using gov::download::Access;
using gov::tests::failure_of;

namespace {

Access with(Environment::Map variables) {
    return Access::of(Environment{std::move(variables)});
}

}  // namespace

TEST_CASE("proxies are those that Go takes from the environment") {
    const Access access = with({{"HTTP_PROXY", "http://a:1"},
                                {"http_proxy", "http://b:1"},
                                {"https_proxy", "proxy.example:3128"}});
    CHECK(access.proxy_for("http://go.example/x") == "http://a:1");
    CHECK(access.proxy_for("https://go.example/x") == "http://proxy.example:3128");
    CHECK(access.proxy_for("file:///x").empty());
    CHECK(with({}).proxy_for("https://go.example").empty());
    CHECK(with({{"http_proxy", "http://a:1"}}).proxy_for("https://go.example").empty());
    const Access any = with({{"ALL_PROXY", "socks5://s:1080"}, {"HTTPS_PROXY", "https://h"}});
    CHECK(any.proxy_for("http://go.example") == "socks5h://s:1080");
    CHECK(any.proxy_for("https://go.example") == "https://h");
}

TEST_CASE("a client cannot name the proxy of a CGI program") {
    const Access access = with({{"HTTP_PROXY", "http://evil:1"}, {"REQUEST_METHOD", "GET"}});
    CHECK(access.proxy_for("http://go.example").empty());
}

TEST_CASE("this machine is asked directly, whatever is set") {
    const Access access = with({{"HTTP_PROXY", "http://a:1"}, {"HTTPS_PROXY", "http://a:1"}});
    for (const char* url : {"http://127.0.0.1:80/x", "https://localhost/x", "http://[::1]/x",
                            "http://127.8.9.1/x", "http://LOCALHOST"})
        CHECK(access.proxy_for(url).empty());
    CHECK_FALSE(access.proxy_for("http://128.0.0.1").empty());
    CHECK_FALSE(access.proxy_for("http://127.evil.example").empty());
}

TEST_CASE("NO_PROXY exempts hosts, domains, addresses, networks and ports") {
    struct Case {
        const char* no_proxy;
        const char* url;
        bool exempt;
    };
    for (const Case& one : {
             Case{"*", "https://a.example", true},
             Case{"example", "https://example", true},
             Case{"example", "https://a.example", true},
             Case{"example", "https://anexample", false},
             Case{".example", "https://a.example", true},
             Case{".example", "https://example", false},
             Case{"*.example", "https://a.example", true},
             Case{"*.example", "https://example", false},
             Case{"other, A.Example ", "https://a.example", true},
             Case{"a.example:8443", "https://a.example", false},
             Case{"a.example:8443", "https://a.example:8443", true},
             Case{"a.example:443", "https://a.example", true},
             Case{"10.0.0.0/8", "https://10.1.2.3", true},
             Case{"10.0.0.0/8", "https://11.1.2.3", false},
             Case{"10.0.0.0/8", "https://ten.example", false},
             Case{"10.1.2.3", "https://10.1.2.3", true},
             Case{"10.1.2.3", "https://10.1.2.4", false},
             Case{"10.1.2.3:443", "https://10.1.2.3", true},
             Case{"2001:db8::/32", "https://[2001:db8::1]/x", true},
             Case{"2001:db8::1", "https://[2001:db8:0::1]:9", true},
             Case{"[2001:db8::1]:9", "https://[2001:db8::1]:9", true},
             Case{"[2001:db8::1]:9", "https://[2001:db8::1]", false},
             Case{"10.0.0.0/99,,/,:", "https://10.1.2.3", false},
         }) {
        CAPTURE(std::string{one.no_proxy});
        CAPTURE(std::string{one.url});
        const Access access = with({{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", one.no_proxy}});
        CHECK(access.proxy_for(one.url).empty() == one.exempt);
    }
}

TEST_CASE("a proxy that is none is refused without its password") {
    const auto failure = failure_of([] { with({{"HTTPS_PROXY", "ftp://u:secret@p"}}); });
    CHECK(failure.code == ExitCode::usage);
    CHECK(failure.message.find("ftp://p") != std::string::npos);
    CHECK(failure.message.find("secret") == std::string::npos);
}

TEST_CASE("GOV_TIMEOUT is a number of seconds") {
    CHECK(with({}).patience.count() == 20);
    CHECK(with({{"GOV_TIMEOUT", "3"}}).patience.count() == 3);
    for (const char* text : {"0", "-1", "3s", "x", "99999", " 3"})
        CHECK(failure_of([&] { with({{"GOV_TIMEOUT", text}}); }).code == ExitCode::usage);
}
