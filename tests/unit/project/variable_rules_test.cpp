// SPDX-License-Identifier: Apache-2.0
#include "project/variable_rules.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gov::project;

TEST_CASE("a variable's name is letters, digits and underscores") {
    for (const char* good : {"A", "_x", "GOFLAGS", "a1_"}) CHECK(is_variable_name(good));
    for (const char* bad : {"", "1A", "A;touch PWN", "A=B", "BASH_FUNC_ls%%", "A B", "\xc3\x84",
                            "A-B", "A.b", "A\n"}) {
        CAPTURE(std::string{bad});
        CHECK_FALSE(is_variable_name(bad));
    }
}

TEST_CASE("what runs code, breaks shells or chooses sources is not for projects") {
    for (const char* name : {"LD_PRELOAD",
                             "LD_LIBRARY_PATH",
                             "DYLD_INSERT_LIBRARIES",
                             "BASH_ENV",
                             "ENV",
                             "PROMPT_COMMAND",
                             "PS0",
                             "PS1",
                             "PS2",
                             "PS3",
                             "PS4",
                             "IFS",
                             "SHELLOPTS",
                             "BASHOPTS",
                             "BASH_FUNC_ls",
                             "ZDOTDIR",
                             "PATH",
                             "HOME",
                             "GIT_SSH_COMMAND",
                             "SSH_AUTH_SOCK",
                             "PERL5LIB",
                             "PERL5OPT",
                             "PYTHONPATH",
                             "PYTHONSTARTUP",
                             "NODE_OPTIONS",
                             "GOV_HOME",
                             "GOV_MIRROR",
                             "GOV_STATE",
                             "GOV_VERSION",
                             "GOROOT",
                             "GOTOOLCHAIN",
                             "GOPROXY",
                             "GOSUMDB",
                             "GONOSUMDB",
                             "GONOPROXY",
                             "GOINSECURE",
                             "GOENV",
                             "http_proxy",
                             "HTTPS_PROXY",
                             "No_Proxy",
                             "all_proxy",
                             "SSL_CERT_FILE",
                             "XDG_STATE_HOME",
                             "XDG_CONFIG_HOME",
                             "UID",
                             "POSIXLY_CORRECT",
                             "_"}) {
        CAPTURE(std::string{name});
        CHECK(why_not_for_projects(name));
    }
}

TEST_CASE("what projects need they may set") {
    for (const char* name :
         {"GOFLAGS",     "GOPRIVATE", "GOOS",     "GOARCH",       "GOPATH", "GOBIN", "GOCACHE",
          "CGO_ENABLED", "CC",        "APP_HOME", "DATABASE_URL", "PORT",   "PSQL",  "ENVIRONMENT",
          "PATHS",       "HOMEPAGE",  "GOVERNOR", "LDFLAGS",      "USER",   "a"}) {
        CAPTURE(std::string{name});
        CHECK_FALSE(why_not_for_projects(name));
    }
}

TEST_CASE("GOFLAGS may not name programs to run") {
    for (const char* value : {"-toolexec=/tmp/x", "--toolexec=x", "-mod=mod -exec=x", "-exec x",
                              "'-vettool=x'", "-insecure", "-mod=mod\t-toolexec", "-toolexec"}) {
        CAPTURE(std::string{value});
        CHECK(why_not_this_value("GOFLAGS", value));
    }
    for (const char* value : {"", "-mod=readonly", "-tags=exec,toolexec", "-trimpath -race",
                              "-modfile=x-exec.mod", "-executable"}) {
        CAPTURE(std::string{value});
        CHECK_FALSE(why_not_this_value("GOFLAGS", value));
    }
    CHECK_FALSE(why_not_this_value("OTHER", "-toolexec=x"));
}
