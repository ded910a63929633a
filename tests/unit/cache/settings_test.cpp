// SPDX-License-Identifier: Apache-2.0
#include "cache/settings.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov;
using namespace gov::cache;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

struct World {
    Sandbox sandbox;
    base::Environment environment{{{"HOME", sandbox.path() / "home"},
                                   {"XDG_CACHE_HOME", sandbox.path() / "cache"},
                                   {"XDG_CONFIG_HOME", sandbox.path() / "config"}}};

    void configure(const std::string& cache) const {
        sandbox.write("config/gov/config.toml", "[cache]\n" + cache);
    }
    std::string token(const std::string& text, bool is_private = true) const {
        const auto file = sandbox.write("secrets/token", text);
        using std::filesystem::perms;
        std::filesystem::permissions(
            file, is_private ? perms::owner_read | perms::owner_write
                             : perms::owner_read | perms::owner_write | perms::others_read);
        return file.native();
    }
    Settings settings(const ProjectWish& project = {}) const {
        return Settings::of(environment, store::Places::of(environment), "/home/go-build", project);
    }
};

}  // namespace

TEST_CASE("without a remote there is no shared cache") {
    const World world;
    CHECK(world.settings().mode == Mode::off);
    CHECK(world.settings().local == "/home/go-build");
}

TEST_CASE("the user's remote is read and written, unless its mode says less") {
    const World world;
    world.configure("remote = \"https://cache.example.com/go/\"\ntimeout = 9\n");
    CHECK(world.settings().remote == "https://cache.example.com/go");
    CHECK(world.settings().mode == Mode::read_write);
    CHECK(world.settings().timeout == std::chrono::seconds{9});
    CHECK(world.settings().access.patience == std::chrono::seconds{9});
    world.configure("remote = \"https://cache.example.com\"\nmode = \"read-only\"\n");
    CHECK(world.settings().mode == Mode::read_only);
}

TEST_CASE("the environment goes before the config") {
    World world;
    world.configure("remote = \"https://cache.example.com\"\nmode = \"read-only\"\n");
    world.environment.set("GOV_CACHE_MODE", "read-write");
    world.environment.set("GOV_CACHE_REMOTE", "http://127.0.0.1:9");
    CHECK(world.settings().remote == "http://127.0.0.1:9");
    CHECK(world.settings().mode == Mode::read_write);
    world.environment.set("GOV_CACHE_MODE", "often");
    CHECK(failure_of([&] { world.settings(); }).message == "GOV_CACHE_MODE: \"often\" is no mode");
    world.environment.set("GOV_CACHE_MODE", "off");
    CHECK(world.settings().mode == Mode::off);
    world.environment.set("GOV_CACHE_MODE", "read-write");
    world.environment.set("GOV_OFFLINE", "1");
    CHECK(world.settings().mode == Mode::off);
}

TEST_CASE("a remote is a base URL without secrets, and http for this machine alone") {
    const World world;
    for (const auto& [url, what] :
         {std::pair{"ftp://cache.example.com", "is no http or https URL"},
          std::pair{"cache.example.com", "is no http or https URL"},
          std::pair{"https://ada:secret@cache.example.com", "has a password in it"},
          std::pair{"https://cache.example.com/?x=1", "is no base URL"},
          std::pair{"http://cache.example.com", "is http, where others on the way choose"},
          std::pair{"http://127.evil.example", "is http, where others on the way choose"}}) {
        world.configure(std::string{"remote = \""} + url + "\"\n");
        const auto failure = failure_of([&] { world.settings(); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.find(what) != std::string::npos);
        CHECK(failure.message.find("config.toml:2:10") != std::string::npos);
        CHECK(failure.message.find("secret") == std::string::npos);
    }
    world.configure("remote = \"http://cache.example.com\"\ninsecure_http = true\n");
    CHECK(world.settings().mode == Mode::read_write);
}

TEST_CASE("a token is one line in a file that is the user's alone") {
    const World world;
    const auto configure = [&](const std::string& file) {
        world.configure("remote = \"https://cache.example.com\"\ntoken_file = \"" + file + "\"\n");
    };
    configure(world.token("s3cret\n"));
    CHECK(world.settings().authorization == "Bearer s3cret");
    for (const char* text : {"", "\n", "two words", "two\nlines\n", "x\r\nEvil: yes"}) {
        configure(world.token(text));
        CHECK(failure_of([&] { world.settings(); }).code == ExitCode::usage);
    }
    configure(world.token("s3cret", false));
    const auto failure = failure_of([&] { world.settings(); });
    CHECK(failure.code == ExitCode::not_trusted);
    CHECK(failure.hint.starts_with("chmod 600"));
    configure("/nonexistent/token");
    CHECK(failure_of([&] { world.settings(); }).code == ExitCode::usage);
}

TEST_CASE("a project's remote counts where the user has none, without the user's token") {
    World world;
    const std::string file = world.token("s3cret");
    world.configure("token_file = \"" + file + "\"\n");
    const ProjectWish wish{"https://cache.project.example", "", "here"};
    const Settings settings = world.settings(wish);
    CHECK(settings.remote == "https://cache.project.example");
    CHECK(settings.is_of_project);
    CHECK(settings.authorization.empty());
    CHECK_FALSE(settings.access.netrc_over_http);
    CHECK(settings.local.parent_path() == world.sandbox.path() / "cache/gov");
    world.configure("remote = \"https://cache.example.com\"\n");
    CHECK(world.settings(wish).remote == "https://cache.example.com");
    CHECK(world.settings(wish).local == "/home/go-build");
    world.configure("mode = \"off\"\n");
    CHECK(world.settings(wish).mode == Mode::off);
    world.configure("");
    CHECK(failure_of([&] {
              world.settings({"http://cache.project.example", "", "p.toml:3:1"});
          }).message.starts_with("p.toml:3:1: http://cache.project.example is http"));
}

TEST_CASE("a project's mode can only take away") {
    const World world;
    world.configure("remote = \"https://cache.example.com\"\nmode = \"read-only\"\n");
    CHECK(world.settings({"", "read-write", ""}).mode == Mode::read_only);
    world.configure("remote = \"https://cache.example.com\"\n");
    CHECK(world.settings({"", "read-only", ""}).mode == Mode::read_only);
    CHECK(world.settings({"", "off", ""}).mode == Mode::off);
}

TEST_CASE("the token of the config goes to the config's server alone") {
    World world;
    world.configure("remote = \"https://cache.example.com/a\"\ntoken_file = \"" +
                    world.token("s3cret") + "\"\n");
    world.environment.set("GOV_CACHE_REMOTE", "https://cache.example.com/b");
    CHECK(world.settings().authorization == "Bearer s3cret");
    world.environment.set("GOV_CACHE_REMOTE", "https://other.example.com");
    CHECK(world.settings().authorization.empty());
    world.environment.set("GOV_CACHE_TOKEN_FILE", world.token("0ther"));
    CHECK(world.settings().authorization == "Bearer 0ther");
}
