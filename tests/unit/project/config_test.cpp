// SPDX-License-Identifier: Apache-2.0
#include "project/config.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

Config parsed(std::string_view text) {
    return parse_config("/c/config.toml", text);
}

}  // namespace

TEST_CASE("without a config everything is as it is by default") {
    const Sandbox sandbox;
    for (const Config& config : {read_config(sandbox.path()), parsed(""), parsed("# none\n")}) {
        CHECK(config.mirrors.empty());
        CHECK(config.sources.empty());
        CHECK(config.verify == Config::Verify::log);
        CHECK_FALSE(config.auto_install);
        CHECK(config.export_goroot);
        CHECK(config.pins.go_version);
        CHECK(config.pins.tool_versions);
        CHECK(config.pins.go_mod);
    }
}

TEST_CASE("everything can be set") {
    const Config config = parsed(
        "mirror = [\"https://a.example/dl\", \"file:///srv\"]\n"
        "sources = [\"proxy\", \"download\"]\nverify = \"index\"\n"
        "auto_install = true\nexport_goroot = false\n"
        "[pins]\ngo-version = false\ntool-versions = false\n"
        "go-mod = false\n");
    REQUIRE(config.mirrors.size() == 2);
    CHECK(config.mirrors[0].url == "https://a.example/dl");
    CHECK(config.mirrors[1].place == "/c/config.toml:1:35");
    CHECK(config.sources == std::vector{SourceKind::proxy, SourceKind::download});
    CHECK(config.verify == Config::Verify::index);
    CHECK(config.auto_install);
    CHECK_FALSE(config.export_goroot);
    CHECK_FALSE(config.pins.go_version);
    CHECK_FALSE(config.pins.tool_versions);
    CHECK_FALSE(config.pins.go_mod);
}

TEST_CASE("one mirror or source needs no list") {
    const Config config = parsed("mirror = 'https://a.example'\nsources = 'proxy'\n");
    REQUIRE(config.mirrors.size() == 1);
    CHECK(config.mirrors[0].place == "/c/config.toml:1:10");
    CHECK(config.sources == std::vector{SourceKind::proxy});
}

TEST_CASE("what a config cannot say is refused with its place") {
    struct Bad {
        const char* text;
        const char* message;
        const char* hint;
    };
    for (const Bad& bad : {
             Bad{"miror = 'x'", "1:1: unknown key \"miror\"", "did you mean \"mirror\"?"},
             Bad{"go = '1.22.6'", "1:1: unknown key \"go\"", "gov-config(5)"},
             Bad{"mirror = 1", "1:10: \"mirror\" takes strings", "in quotes"},
             Bad{"mirror = ['a', 1]", "1:16: \"mirror\" takes strings", "in quotes"},
             Bad{"sources = ['mirror']", "1:12: \"sources\" cannot be \"mirror\"",
                 "\"download\" or \"proxy\""},
             Bad{"verify = 'none'", "1:10: \"verify\" cannot be \"none\"", "\"log\" or \"index\""},
             Bad{"verify = false", "1:10: \"verify\" must be a string", "\"log\" or \"index\""},
             Bad{"auto_install = 'yes'", "1:16: \"auto_install\" must be true or false", "quotes"},
             Bad{"export-goroot = true", "1:1: unknown key \"export-goroot\"", "export_goroot"},
             Bad{"pins = false", "1:8: \"pins\" must be a table", "[pins]"},
             Bad{"[pins]\ngo_version = true", "2:1: unknown key \"go_version\"", "go-version"},
             Bad{"[pins]\ngo-mod = 0", "2:10: \"go-mod\" must be true or false", "quotes"},
             Bad{"verify = \"\\u001b[2J\"", "1:10: \"verify\" cannot be \"\\x1b[2J\"", "log"},
             Bad{"verify", "1:", "TOML"},
         }) {
        CAPTURE(std::string{bad.text});
        const auto failure = failure_of([&] { parsed(bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CAPTURE(failure.message);
        CHECK(failure.message.starts_with(std::string{"/c/config.toml:"} + bad.message));
        CAPTURE(failure.hint);
        CHECK(failure.hint.find(bad.hint) != std::string::npos);
    }
}

TEST_CASE("a config that others can have written is not obeyed") {
    const Sandbox sandbox;
    const auto file = sandbox.write("gov/config.toml", "verify = 'index'\n");
    CHECK(read_config(file.parent_path()).verify == Config::Verify::index);
    REQUIRE(::chmod(file.c_str(), 0666) == 0);
    CHECK(failure_of([&] { read_config(file.parent_path()); }).code == ExitCode::not_trusted);
}

TEST_CASE("a config is a regular file of at most 64 KiB") {
    const Sandbox sandbox;
    sandbox.write("gov/config.toml", std::string(65537, '#'));
    CHECK(failure_of([&] { read_config(sandbox.path() / "gov"); }).code == ExitCode::usage);
    std::filesystem::create_directories(sandbox.path() / "dir/config.toml");
    CHECK(failure_of([&] { read_config(sandbox.path() / "dir"); }).code == ExitCode::usage);
}
