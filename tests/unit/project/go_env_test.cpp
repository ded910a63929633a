// SPDX-License-Identifier: Apache-2.0
#include "project/go_env.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using gov::base::Environment;
using gov::project::GoEnv;
using gov::project::goroot_on_path;
using gov::tests::Sandbox;

namespace {

namespace fs = std::filesystem;

std::string proxy(const Environment& environment, const std::vector<fs::path>& goroots = {}) {
    return GoEnv{environment, goroots}.get("GOPROXY");
}

}  // namespace

TEST_CASE("the environment goes before the user's file and that before the GOROOT's") {
    const Sandbox sandbox;
    Environment environment = sandbox.environment();
    const fs::path goroot = sandbox.write("sdk/go.env", "GOPROXY=of-goroot\n").parent_path();
    CHECK(proxy(environment) == "");
    CHECK(proxy(environment, {sandbox.path() / "none", goroot}) == "of-goroot");
    sandbox.write("home/.config/go/env", "GOPROXY=of-user\n");
    CHECK(proxy(environment, {goroot}) == "of-user");
    environment.set("GOPROXY", "of-environment");
    CHECK(proxy(environment, {goroot}) == "of-environment");
    environment.set("GOPROXY", "");
    CHECK(proxy(environment, {goroot}) == "of-user");
}

TEST_CASE("the user's file is where GOENV and XDG_CONFIG_HOME say") {
    const Sandbox sandbox;
    Environment environment = sandbox.environment();
    sandbox.write("home/.config/go/env", "GOPROXY=home\n");
    sandbox.write("config/go/env", "GOPROXY=config\n");
    environment.set("XDG_CONFIG_HOME", sandbox.path() / "config");
    CHECK(proxy(environment) == "config");
    environment.set("GOENV", sandbox.write("mine", "GOPROXY=mine\n"));
    CHECK(proxy(environment) == "mine");
    environment.set("GOENV", "off");
    CHECK(proxy(environment) == "");
}

TEST_CASE("lines that are no settings are passed over and nothing is quoted") {
    const Sandbox sandbox;
    sandbox.write("home/.config/go/env",
                  "# GOPROXY=comment\n=x\n\n goproxy=x\nNOTHING\nGOSUMDB=a=b \r\nGOPROXY=\"q\"");
    const Environment environment = sandbox.environment();
    const GoEnv settings{environment, {}};
    CHECK(settings.get("GOPROXY") == "\"q\"");
    CHECK(settings.get("GOSUMDB") == "a=b ");
    CHECK(settings.get("NOTHING") == "");
}

TEST_CASE("the go on PATH tells its GOROOT through links, and only if it has a VERSION") {
    const Sandbox sandbox;
    const fs::path go = sandbox.write("sdk/bin/go", "#!/bin/sh\n");
    fs::permissions(go, fs::perms::owner_all);
    fs::create_directory(sandbox.path() / "bin");
    fs::create_symlink(go, sandbox.path() / "bin/go");
    const Environment environment{{{"PATH", sandbox.path() / "bin"}}};
    CHECK(goroot_on_path(environment).empty());
    sandbox.write("sdk/VERSION", "go1.22.6\n");
    CHECK(goroot_on_path(environment) == fs::canonical(sandbox.path()) / "sdk");
    CHECK(goroot_on_path(Environment{{{"PATH", "/nowhere"}}}).empty());
}
