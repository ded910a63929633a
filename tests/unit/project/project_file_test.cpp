// SPDX-License-Identifier: Apache-2.0
#include "project/project_file.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

const std::string file = "/p/.gotoolchain.toml";

ProjectFile parsed(std::string_view text) {
    return parse_project_file(file, text);
}

struct Bad {
    const char* text;
    const char* message;  // what it starts with, after the file's name
    const char* hint;     // what is in it
};

void check_refused(const Bad& bad) {
    CAPTURE(std::string{bad.text});
    const auto failure = failure_of([&] { parsed(bad.text); });
    CHECK(failure.code == ExitCode::usage);
    CAPTURE(failure.message);
    CHECK(failure.message.starts_with(file + ":" + bad.message));
    CAPTURE(failure.hint);
    CHECK(failure.hint.find(bad.hint) != std::string::npos);
}

}  // namespace

TEST_CASE("everything that a project's file can say is read") {
    const ProjectFile all = parsed(
        "go = \"1.22.6\"\ngov_version = \">=0.0.1\"\ninherit = true\n"
        "[env]\nGOFLAGS = \"-mod=readonly\"\nAPP = \"{project}/run\"\nGONE = false\n"
        "dotenv = [\".env\", \"conf/b.env\"]\n"
        "[path]\nprepend = [\"bin\", \"{home}/bin\"]\n"
        "[tools]\ngopls = \"a.org/x@v1.0.0\"\n[cross]\npackage = \"./cmd/app\"\n");
    REQUIRE(all.pin);
    CHECK(all.pin->specs.at(0).exact()->name() == "go1.22.6");
    CHECK(all.pin->line == 1);
    CHECK(all.inherits);
    REQUIRE(all.variables.size() == 3);
    CHECK(all.variables[0].name == "APP");
    CHECK(all.variables[0].value->expand({"/p", {}, "/h"}) == "/p/run");
    CHECK(all.variables[2].name == "GONE");
    CHECK_FALSE(all.variables[2].value);
    CHECK(all.variables[1].place.line == 5);
    CHECK(all.dotenv == std::vector<std::string>{".env", "conf/b.env"});
    REQUIRE(all.path_entries.size() == 2);
    CHECK(all.path_entries[1].expand({"/p", {}, "/h"}) == "/h/bin");
    CHECK(find_entry(all.document.root(), "cross") != nullptr);
}

TEST_CASE("choosing a version needs no trust and all else does") {
    for (const char* text : {"", "go = \"1.22.6\"", "gov_version = \">=0.0.1\"", "inherit = false",
                             "[env]\n[path]\nprepend = []"})
        CHECK_FALSE(parsed(text).needs_trust());
    for (const char* text : {"inherit = true", "env.A = \"b\"", "env.A = false",
                             "env.dotenv = [\".env\"]", "path.prepend = [\"bin\"]"}) {
        CAPTURE(std::string{text});
        CHECK(parsed(text).needs_trust());
        CHECK(parsed(text).wants_environment());
    }
    for (const char* text : {"[tools]", "cross.package = \"x\""}) {
        CHECK(parsed(text).needs_trust());
        CHECK_FALSE(parsed(text).wants_environment());
    }
}

TEST_CASE("an empty value is a value") {
    CHECK(parsed("env.A = \"\"").variables[0].value->expand({}) == "");
}

TEST_CASE("what is wrong in a project's file is named with its place") {
    for (const Bad& bad : {
             Bad{"[env]\nLD_PRELOAD = \"x\"", "2:1: a project may not set LD_PRELOAD", "run code"},
             Bad{"[env]\nLD_PRELOAD = false", "2:1: a project may not set LD_PRELOAD", "run code"},
             Bad{"[env]\nPATH = \"x\"", "2:1: a project may not set PATH", "[path] prepend"},
             Bad{"[env]\nGOPROXY = \"x\"", "2:1: a project may not set GOPROXY", "for the user"},
             Bad{"[env]\n\"A;touch PWN\" = \"x\"", "2:1: \"A;touch PWN\" is no variable's",
                 "digits"},
             Bad{"[env]\n\"\" = \"x\"", "2:1: \"\" is no variable's name", "letters"},
             Bad{"[env]\n\"A=B\" = \"x\"", "2:1: \"A=B\" is no variable's name", "letters"},
             Bad{"[env]\n\"BASH_FUNC_ls%%\" = \"x\"", "2:1: \"BASH_FUNC_ls%%\" is no", "letters"},
             Bad{"[env]\n\"\\u001b[2J\" = \"x\"", "2:1: \"\\x1b[2J\" is no variable's", "letters"},
             Bad{"[env]\nA = true", "2:5: A must be a string, or false", "A = \""},
             Bad{"[env]\nA = 1", "2:5: A must be a string", "in quotes"},
             Bad{"[env]\nA.b = \"x\"", "2:1: A must be a string", "in quotes"},
             Bad{"[env]\nA = \"{projct}\"", "2:5: \"{projct}\" stands for", "{project}"},
             Bad{"[env]\nA = \"x\\u0000\"", "2:5: a value cannot hold a NUL", "leave"},
             Bad{"[env]\nGOFLAGS = \"-toolexec=x\"", "2:11: a project may not set GOFLAGS so",
                 "code"},
             Bad{"[env]\ndotenv = \".env\"", "2:10: \"dotenv\" must be a list of strings",
                 "dotenv ="},
             Bad{"[env]\ndotenv = [1]", "2:10: \"dotenv\" must be a list of strings", "dotenv ="},
             Bad{"[env]\ndotenv = [\"\"]", "2:11: this is no file's name", ".env"},
             Bad{"env = \"A=b\"", "1:7: \"env\" must be a table", "[env]"},
             Bad{"[path]\nprepends = []", "2:1: unknown key \"prepends\"", "\"prepend\""},
             Bad{"[path]\nprepend = \"bin\"", "2:11: \"prepend\" must be a list", "prepend ="},
             Bad{"[path]\nprepend = [\"a:b\"]", "2:12: this cannot stand on PATH", "colons"},
             Bad{"[path]\nprepend = [\"\"]", "2:12: this cannot stand on PATH", "colons"},
             Bad{"inherit = \"yes\"", "1:11: \"inherit\" must be true or false", "above"},
             Bad{"tools = 1", "1:9: \"tools\" must be a table", "[tools]"},
             Bad{"cross = []", "1:9: \"cross\" must be a table", "[cross]"},
             Bad{"gov_version = 1", "1:15: \"gov_version\" must be the oldest", ">=0.1"},
             Bad{"gov_version = \"0.1\"", "1:15: \"gov_version\" must be the oldest", ">=0.1"},
             Bad{"mirror = \"https://x\"", "1:1: \"mirror\" is not for a project", "config.toml"},
             Bad{"verify = \"none\"", "1:1: \"verify\" is not for a project", "config.toml"},
             Bad{"insecure = true", "1:1: \"insecure\" is not for a project", "config.toml"},
             Bad{"gosumdb = \"off\"", "1:1: \"gosumdb\" is not for a project", "config.toml"},
             Bad{"enviroment = 1", "1:1: unknown key \"enviroment\"",
                 "the keys are go, gov_version"},
             Bad{"inherits = true", "1:1: unknown key \"inherits\"", "\"inherit\""},
         })
        check_refused(bad);
}

TEST_CASE("a file for a newer gov says so before anything that this one does not know") {
    check_refused({"gov_version = \">=1000\"\nnovel = 1", "1:15: this needs gov >=1000",
                   "install a newer one"});
}

TEST_CASE("an [env] of eight thousand variables is read at once") {
    std::string text = "[env]\n";
    for (int i = 0; text.size() < 64000; ++i) text += "V" + std::to_string(i) + "=\"\"\n";
    CHECK(parsed(text).variables.size() > 6000);
}
