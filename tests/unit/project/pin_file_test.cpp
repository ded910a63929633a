// SPDX-License-Identifier: Apache-2.0
#include "project/pin_file.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include <sys/stat.h>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;
using gov::toolchain::VersionSpec;

namespace {

const std::string file = "/p/.gotoolchain.toml";

std::string edited(std::string_view text, const char* version = "1.23.3") {
    return with_version(file, text, VersionSpec::require(version));
}

struct Bad {
    std::string text;
    const char* message;  // what it starts with, after the file's name
    const char* hint;     // what is in it
};

}  // namespace

TEST_CASE("a pin has a version, its file and its line") {
    struct Good {
        const char* text;
        const char* name;
        std::size_t line;
    };
    for (const Good& good : {
             Good{"go = \"1.22.6\"", "go1.22.6", 1},
             Good{"go='go1.22.6'\n", "go1.22.6", 1},
             Good{"# why\n\n\tgo\t=\t\"1.23rc1\" # soon\n", "go1.23rc1", 3},
             Good{"\"go\" = \"go1.20\"\r\n", "go1.20", 1},
             Good{"# one\r\ngo = \"1.22.6\"\r\n", "go1.22.6", 2},
             Good{"\xEF\xBB\xBFgo = \"1.22.6\"\n", "go1.22.6", 1},
             Good{"go = \"\"\"1.22.6\"\"\"\n", "go1.22.6", 1},
             Good{"go = \"1.22.\\u0036\"\n", "go1.22.6", 1},
         }) {
        CAPTURE(std::string{good.text});
        const auto pin = parse_pin(file, good.text);
        REQUIRE(pin);
        CHECK(pin->specs.at(0).exact()->name() == good.name);
        CHECK(pin->file == file);
        CHECK(pin->line == good.line);
    }
}

TEST_CASE("a file without a go line pins nothing") {
    for (const char* text : {"", "\n", "# nothing yet\n", "\xEF\xBB\xBF"})
        CHECK_FALSE(parse_pin(file, text));
}

TEST_CASE("a bad pin file is named with line, column and what was expected") {
    for (const Bad& bad : {
             Bad{"go = \"1.22.6.1\"\n", "1:6: \"1.22.6.1\" is not a Go version", "mean 1.22.6?"},
             Bad{"go = \">=1.24 <1.22\"", "1:6: \">=1.24 <1.22\" is a range that", "<1.24"},
             Bad{"go = \"\"", "1:6: \"\" is not a Go version", "1.22.6"},
             Bad{"\n  go = 1.22", "2:8: \"go\" must be a string", "go = \"1.22.6\""},
             Bad{"go = [\"1.22.6\"]", "1:6: \"go\" must be a string", "in quotes"},
             Bad{"go.version = \"1.22.6\"", "1:1: \"go\" must be a string", "in quotes"},
             Bad{"[go]\nversion = \"1.22.6\"", "1:1: \"go\" must be a string", "in quotes"},
             Bad{"go = 1.22.6", "1:", "go = \"1.22.6\""},
             Bad{"go = \"1.22.6", "1:", "TOML"},
             Bad{"go 1.22.6", "1:", "TOML"},
             Bad{"go = \"1.22.6\"\ngo = \"1.22.7\"\n", "2:", "TOML"},
             Bad{"go = \"1.22.6\" go", "1:", "TOML"},
             Bad{"# ok\nGo = \"1.22.6\"", "2:1: unknown key \"Go\"", "did you mean \"go\"?"},
             Bad{"g0 = \"1.22.6\"", "1:1: unknown key \"g0\"", "did you mean \"go\"?"},
             Bad{"golang = \"1.22.6\"", "1:1: unknown key \"golang\"", "gotoolchain.toml(5)"},
             Bad{"go = \"1.22.6\"\n[envv]", "2:2: unknown key \"envv\"", "\"env\""},
             Bad{"go = \"1.22.6\"\n[[tools]]", "2:1: \"tools\" must be a table", "[tools]"},
             Bad{"\"\\u001b[2J\" = 1", "1:1: unknown key \"\\x1b[2J\"", "the keys are"},
             Bad{"go = \"\\u202e1.22.6\"", "1:6: \"\\u{202e}1.22.6\" is not", "1.22.6"},
             Bad{"go = \"1.22.6\xff\"", "1:", "TOML"},
             Bad{std::string("go = \"1.22.6\"\0", 14), "1:", "TOML"},
         }) {
        CAPTURE(bad.text);
        const auto failure = failure_of([&] { parse_pin(file, bad.text); });
        CHECK(failure.code == ExitCode::usage);
        CAPTURE(failure.message);
        CHECK(failure.message.starts_with(file + ":" + bad.message));
        CAPTURE(failure.hint);
        CHECK(failure.hint.find(bad.hint) != std::string::npos);
    }
}

TEST_CASE("no message has a line break, whatever is in the file") {
    for (const char* text : {"go = \"a\nb\"", "\"a\\nb\" = 1", "go = \"a\\nb\""}) {
        const auto failure = failure_of([&] { parse_pin(file, text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.find('\n') == std::string::npos);
    }
}

TEST_CASE("files made to exhaust a parser are refused at once") {
    const auto repeated = [](std::string_view piece, std::size_t size) {
        std::string text;
        while (text.size() < size) text += piece;
        return text;
    };
    constexpr std::size_t size = 64 * 1024 - 16;
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& text :
         {"go = " + repeated("[", size), "go = " + repeated("{a=", size),
          repeated("a.", size) + "a = 1", "go = {" + repeated("a.", size) + "a = 1}",
          "[" + repeated("a.", size) + "a]", "go = \"" + repeated("1.22.6", size) + "\""}) {
        const auto failure = failure_of([&] { parse_pin(file, text); });
        CHECK(failure.code == ExitCode::usage);
        CHECK(failure.message.size() < 300);
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{2});
}

TEST_CASE("a pin file is read up to 64 KiB and never from anything but a file") {
    const Sandbox sandbox;
    CHECK_FALSE(read_pin_file(sandbox.path() / "absent"));
    CHECK_FALSE(read_pin_file(sandbox.write("file", "") / "below"));
    CHECK(read_pin_file(sandbox.write("full", std::string(65536, '#')))->size() == 65536);
    CHECK(failure_of([&] {
              read_pin_file(sandbox.write("over", std::string(65537, '#')));
          }).message.find("longer than 65536 bytes") != std::string::npos);
    CHECK(failure_of([&] { read_pin_file(sandbox.path()); }).code == ExitCode::usage);
    const std::string fifo = sandbox.path() / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(failure_of([&] { read_pin_file(fifo); }).message.ends_with("not a regular file"));
}

TEST_CASE("setting the version changes the version and nothing else") {
    CHECK(edited("go = \"1.22.6\"") == "go = \"1.23.3\"");
    CHECK(edited("# a \"go\" of 1.22.6\r\n  go='1.22.6'   # why\r\n# end") ==
          "# a \"go\" of 1.22.6\r\n  go=\"1.23.3\"   # why\r\n# end");
    CHECK(edited("\t\"go\"\t=\t\"go1.22.6\"\n", "1.20") == "\t\"go\"\t=\t\"1.20\"\n");
    CHECK(edited("\xEF\xBB\xBFgo = \"1.22.6\"\n") == "\xEF\xBB\xBFgo = \"1.23.3\"\n");
    CHECK(edited("# \u65e5\u672c\ngo = \"1.22.6\" # \u65e5\n") ==
          "# \u65e5\u672c\ngo = \"1.23.3\" # \u65e5\n");
    CHECK(edited("go = \"\"\"1.22.6\"\"\" # x\n") == "go = \"1.23.3\" # x\n");
    CHECK(edited("go = \"\"\"\n1.22.6\"\"\"\n") == "go = \"1.23.3\"\n");
    CHECK(edited("go = \"1.\\\"22\"\n") == "go = \"1.23.3\"\n");
    CHECK(edited("go = \"\u65e5\u672c\"\r\n# x") == "go = \"1.23.3\"\r\n# x");
}

TEST_CASE("a version that was no release can be set right") {
    CHECK(edited("go = \"latest\" # x\n") == "go = \"1.23.3\" # x\n");
    CHECK(failure_of([] { edited("go = 1.22\n"); }).code == ExitCode::usage);
}

TEST_CASE("a go line is put first where there is none") {
    CHECK(edited("") == "go = \"1.23.3\"\n");
    CHECK(edited("# mine\n") == "go = \"1.23.3\"\n# mine\n");
    CHECK(edited("\xEF\xBB\xBF# mine\n") == "\xEF\xBB\xBFgo = \"1.23.3\"\n# mine\n");
    CHECK(parse_pin(file, edited("\xEF\xBB\xBF# mine\n")));
}

TEST_CASE("what with_version writes can be read again and is stable") {
    for (const char* text :
         {"", "# x\n", "go = '1'\n", "\xEF\xBB\xBFgo=\"1.22.6\"\r\n# \u65e5\r\n"}) {
        const std::string once = edited(text);
        CHECK(parse_pin(file, once)->specs.at(0).exact() == GoVersion::require("1.23.3"));
        CHECK(edited(once) == once);
    }
}

TEST_CASE("a range stays a range, in a pin as in what with_version writes") {
    for (const char* spec :
         {"1.22", "1.22.x", "^1.22", "~1.22.3", ">=1.21 <1.24", "stable", "rc"}) {
        const std::string text = edited("# mine\n", spec);
        CAPTURE(text);
        CHECK(parse_pin(file, text)->specs.at(0).text() == spec);
    }
}
