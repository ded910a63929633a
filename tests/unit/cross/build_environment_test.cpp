// SPDX-License-Identifier: Apache-2.0
#include "cross/build_environment.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gov::cross;
using gov::base::Environment;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

BuildEnvironment environment_for(Environment::Map user,
                                 std::vector<std::filesystem::path> goroots = {}) {
    return build_environment(Environment{std::move(user)}, "/opt/go1.22.6", std::move(goroots));
}

}  // namespace

TEST_CASE("a build gets gov's settings whatever the user has set") {
    const auto [variables, dropped] = environment_for({{"HOME", "/home/u"},
                                                       {"GOFLAGS", "-tags=x"},
                                                       {"GOROOT", "/elsewhere"},
                                                       {"GOTOOLCHAIN", "auto"},
                                                       {"GOAMD64", "v3"},
                                                       {"CGO_ENABLED", "1"},
                                                       {"CGO_CFLAGS", "-O3"},
                                                       {"GOEXPERIMENT", ""},
                                                       {"GOV_VERSION", "1.22.6"},
                                                       {"CC", "clang"},
                                                       {"LANG", "de_DE"}});
    CHECK(variables.get("GOTOOLCHAIN") == "local");
    CHECK(variables.get("GOROOT") == "/opt/go1.22.6");
    CHECK(variables.get("GOENV") == "off");
    CHECK(variables.get("GOFLAGS") == "");
    CHECK(variables.get("CGO_ENABLED") == "0");
    CHECK(variables.get("LC_ALL") == "C");
    CHECK(variables.get("TZ") == "UTC");
    CHECK(variables.get("HOME") == "/home/u");
    CHECK(variables.get("GOCACHE") == "/home/u/.cache/go-build");
    CHECK(variables.get("GOMODCACHE") == "/home/u/go/pkg/mod");
    for (const char* name : {"GOAMD64", "CGO_CFLAGS", "GOEXPERIMENT", "GOV_VERSION", "CC", "LANG"})
        CHECK_FALSE(variables.get(name));
    CHECK(dropped == std::vector<std::string>{"CGO_CFLAGS", "CGO_ENABLED", "GOAMD64", "GOFLAGS"});
}

TEST_CASE("tests and hooks collect their garbage as they would without gov") {
    const auto [variables, dropped] =
        environment_for({{"HOME", "/home/u"}, {"GOGC", "50"}, {"GOMEMLIMIT", "1GiB"}});
    CHECK_FALSE(variables.get("GOGC"));
    CHECK_FALSE(variables.get("GOMEMLIMIT"));
    CHECK(dropped.empty());
}

TEST_CASE("Go's directories are those that the user's go has") {
    const auto directories = [](Environment::Map user) {
        const Environment found = environment_for(std::move(user)).variables;
        return std::string{*found.get("GOCACHE")} + " " + std::string{*found.get("GOMODCACHE")};
    };
    CHECK(directories({{"GOCACHE", "/c"}, {"GOMODCACHE", "/m"}}) == "/c /m");
    CHECK(directories({{"HOME", "/h"}, {"XDG_CACHE_HOME", "/x"}, {"GOPATH", "/g:/h"}}) ==
          "/x/go-build /g/pkg/mod");
    const auto homeless = failure_of([] { environment_for({}); });
    CHECK(homeless.code == ExitCode::usage);
}

TEST_CASE("network settings come from the user's Go env file too, and nothing else does") {
    const Sandbox sandbox;
    sandbox.write("config/go/env",
                  "GOPROXY=https://proxy.example\nGOPRIVATE=git.example\nGOFLAGS=-x\nGOARM=5\n");
    const auto [variables, dropped] =
        environment_for({{"HOME", "/h"},
                         {"XDG_CONFIG_HOME", (sandbox.path() / "config").native()},
                         {"GOPRIVATE", "from.environment"}});
    CHECK(variables.get("GOPROXY") == "https://proxy.example");
    CHECK(variables.get("GOPRIVATE") == "from.environment");
    CHECK_FALSE(variables.get("GOARM"));
    CHECK(dropped == std::vector<std::string>{"GOFLAGS (of Go's env file)"});
}

TEST_CASE("where the user says nothing, a go.env says where modules come from") {
    const Sandbox sandbox;
    sandbox.write("go/go.env",
                  "GOPROXY=https://of.the.system\nGOSUMDB=sum.example\nGOTOOLCHAIN=auto\n");
    const auto variables =
        environment_for({{"HOME", "/h"}, {"GOSUMDB", "off"}}, {sandbox.path() / "go"}).variables;
    CHECK(variables.get("GOPROXY") == "https://of.the.system");
    CHECK(variables.get("GOSUMDB") == "off");
    CHECK(variables.get("GOTOOLCHAIN") == "local");
}

TEST_CASE("PATH is the toolchain, the system, and a git that stands elsewhere") {
    const auto path_with = [](const std::string& path) {
        return std::string{
            *environment_for({{"HOME", "/h"}, {"PATH", path}}).variables.get("PATH")};
    };
    CHECK(path_with("/home/u/evil:/usr/bin")
              .starts_with("/opt/go1.22.6/bin:/usr/local/bin:/usr/bin:/bin"));
    CHECK(path_with("/home/u/evil").find("evil") == std::string::npos);
}

TEST_CASE("passwords in URLs are not shown") {
    gov::base::Environment environment;
    environment.set("GOPROXY", "https://ada:secret@proxy.example/go,http://b@c.example|direct");
    environment.set("NO_URL", "ada@example.com");
    const auto shown = gov::cross::shown_entries(environment);
    CHECK(std::ranges::find(shown, "GOPROXY=https://proxy.example/go,http://c.example|direct") !=
          shown.end());
    CHECK(std::ranges::find(shown, "NO_URL=ada@example.com") != shown.end());
    CHECK(shown.size() == 2);
}
