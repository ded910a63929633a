// SPDX-License-Identifier: Apache-2.0
#include "activation/project_environment.hpp"

#include "support/sandbox.hpp"
#include "trust/records.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::Sandbox;
using gov::trust::Standing;

namespace {

// A user with a home, and projects in the sandbox.
struct User {
    Sandbox sandbox;
    gov::base::Environment environment = sandbox.environment();
    Places places = Places::of(environment);
    Dependencies dependencies;

    std::filesystem::path write(const std::string& directory, const std::string& text) const {
        return sandbox.write(directory + "/.gotoolchain.toml", text);
    }

    // Writes the file of `directory` and allows it.
    void trust(const std::string& directory, const std::string& text) const {
        const auto path = write(directory, text);
        const auto file = gov::project::parse_project_file(path, text);
        gov::trust::write_record(places, {gov::trust::Record::Word::allowed, false, 1,
                                          gov::trust::read_claim(path, text, file)});
    }

    ProjectEnvironment in(const std::string& directory,
                          const std::optional<std::filesystem::path>& goroot = "/goroot") {
        dependencies = {};
        Sight sight{(sandbox.path() / directory).native()};
        return project_environment(sight, goroot, environment, places, dependencies);
    }

    std::string at(const std::string& name) const { return (sandbox.path() / name).native(); }
};

// "NAME=value" or "NAME" for one that is unset, in order.
std::vector<std::string> settings(const ProjectEnvironment& project) {
    std::vector<std::string> list;
    for (const auto& [name, value] : project.variables)
        list.push_back(value ? name + "=" + *value : name);
    return list;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a trusted project's file sets what it says, from anywhere below it") {
    User user;
    user.trust("p",
               "[env]\nA = \"{project}/run:{goroot}:{home}\"\nB = \"\"\nC = false\n"
               "[path]\nprepend = [\"bin\", \"/abs/./x/\", \"../q\", \"{home}/b\"]\n");
    const ProjectEnvironment project = user.in("p/sub/deep");
    CHECK(settings(project) ==
          Texts{"A=" + user.at("p") + "/run:/goroot:" + user.at("home"), "B=", "C"});
    CHECK(project.entries == Texts{user.at("p/bin"), "/abs/x", user.at("q"), user.at("home/b")});
    CHECK_FALSE(project.refusal);
    CHECK(project.notes.empty());
}

TEST_CASE("an untrusted file sets nothing, and what it asks for is said") {
    User user;
    user.write("p", "[env]\nA = \"x\"\ndotenv = [\".env\"]\n[path]\nprepend = [\"bin\"]\n");
    const ProjectEnvironment project = user.in("p");
    CHECK(project.variables.empty());
    CHECK(project.entries.empty());
    REQUIRE(project.refusal);
    CHECK(project.refusal->code() == ExitCode::not_trusted);
    CHECK(std::string{project.refusal->what()} ==
          user.at("p/.gotoolchain.toml") +
              " sets nothing until it is allowed (it asks for A, what .env says and PATH)");
    CHECK(project.refusal->hint() == "see it and allow it: gov allow");
    CHECK(project.parts[0].standing == Standing::unknown);
}

TEST_CASE("a file without an environment asks for no trust at the prompt") {
    User user;
    for (const char* text : {"", "go = \"1.22.6\"\n", "[cross]\npackage = \"x\"\n"}) {
        user.write("p", text);
        CHECK_FALSE(user.in("p").refusal);
        CHECK(user.in("p").parts.empty());
        CHECK(user.dependencies.files.empty());
    }
}

TEST_CASE("the nearest file alone counts") {
    User user;
    user.trust("p", "env.A = \"outer\"\n");
    user.trust("p/q", "env.B = \"inner\"\n");
    user.write("p/r", "go = \"1.22.6\"\n");
    CHECK(settings(user.in("p/q")) == Texts{"B=inner"});
    CHECK(settings(user.in("p/r")).empty());
    CHECK(settings(user.in("p/s")) == Texts{"A=outer"});
}

TEST_CASE("a file that inherits is laid over the one above") {
    User user;
    user.trust("p",
               "env.A = \"{project}\"\nenv.B = \"b\"\nenv.C = \"c\"\npath.prepend = [\"o\"]\n");
    user.trust("p/q", "inherit = true\nenv.B = \"inner\"\nenv.C = false\npath.prepend = [\"i\"]\n");
    user.trust("p/q/r", "inherit = true\n");
    const ProjectEnvironment project = user.in("p/q/r");
    CHECK(settings(project) == Texts{"A=" + user.at("p"), "B=inner", "C"});
    CHECK(project.entries == Texts{user.at("p/q/i"), user.at("p/o")});
    CHECK(project.parts.size() == 3);
}

TEST_CASE("what is inherited has to be trusted as well") {
    User user;
    user.write("p", "env.A = \"a\"\n");
    user.trust("p/q", "inherit = true\nenv.B = \"b\"\n");
    const ProjectEnvironment project = user.in("p/q");
    CHECK(settings(project).empty());
    REQUIRE(project.refusal);
    CHECK(project.refusal->hint() == "see it and allow it: gov allow '" + user.at("p") + "'");
    user.write("p", "go = \"1.22.6\"\n");  // asks for nothing: nothing to trust
    CHECK(settings(user.in("p/q")) == Texts{"B=b"});
}

TEST_CASE("a file that inherits from nothing is an error") {
    User user;
    user.trust("p", "inherit = true\n");
    const ProjectEnvironment project = user.in("p");
    REQUIRE(project.refusal);
    CHECK(project.refusal->code() == ExitCode::usage);
    CHECK(std::string{project.refusal->what()}.find("no directory above") != std::string::npos);
}

TEST_CASE(
    ".env files come before [env], later ones over earlier ones, and nothing in them expands") {
    User user;
    user.sandbox.write("p/a.env", "A=1\nB=1\nC=1\n");
    user.sandbox.write("p/b.env", "B=2\nC={project}\n");
    user.trust("p", "[env]\nA = \"toml\"\ndotenv = [\"a.env\", \"none.env\", \"b.env\"]\n");
    CHECK(settings(user.in("p")) == Texts{"A=toml", "B=2", "C={project}"});
}

TEST_CASE("what no project may set is left out of a .env file, and that is said") {
    User user;
    user.sandbox.write("p/.env", "A=1\nHTTPS_PROXY=x\nGOFLAGS=-toolexec=x\nB=2\n");
    user.trust("p", "env.dotenv = [\".env\"]\n");
    const ProjectEnvironment project = user.in("p");
    CHECK(settings(project) == Texts{"A=1", "B=2"});
    REQUIRE(project.notes.size() == 2);
    CHECK(project.notes[0].starts_with(user.at("p/.env") + ":2: HTTPS_PROXY is left as it is"));
    CHECK(project.notes[1].starts_with(user.at("p/.env") + ":3: GOFLAGS is left as it is"));
}

TEST_CASE("a .env file that makes no sense leaves everything out, until it changes") {
    User user;
    user.sandbox.write("p/.env", "A\n");
    user.trust("p", "[env]\nB = \"b\"\ndotenv = [\".env\"]\n");
    const ProjectEnvironment project = user.in("p");
    CHECK(settings(project).empty());
    REQUIRE(project.refusal);
    CHECK(project.refusal->code() == ExitCode::usage);
    CHECK(std::string{project.refusal->what()}.starts_with(user.at("p/.env") + ":1: "));
    CHECK(user.dependencies.files.back().path == user.at("p/.env"));
}

TEST_CASE("without a toolchain what needs one is left out") {
    User user;
    user.trust("p",
               "env.A = \"{goroot}\"\nenv.B = \"b\"\npath.prepend = [\"{goroot}/x\", \"y\"]\n");
    const ProjectEnvironment project = user.in("p", std::nullopt);
    CHECK(settings(project) == Texts{"B=b"});
    CHECK(project.entries == Texts{user.at("p/y")});
    CHECK(project.notes.size() == 1);
}

TEST_CASE("a directory that cannot stand on PATH is left out") {
    User user;
    user.trust("p:q", "path.prepend = [\"bin\"]\nenv.A = \"a\"\n");
    const ProjectEnvironment project = user.in("p:q");
    CHECK(project.entries.empty());
    CHECK(settings(project) == Texts{"A=a"});
    CHECK(project.notes.size() == 1);
}

TEST_CASE("more than leaving could remember is refused") {
    User user;
    user.trust("p", "env.A = \"" + std::string(20000, 'x') + "\"\n");
    const ProjectEnvironment project = user.in("p");
    CHECK(settings(project).empty());
    CHECK(std::string{project.refusal.value().what()}.find("16384 is the most") !=
          std::string::npos);
}

TEST_CASE("the project's directories stand behind the toolchain's") {
    Goal goal{.variables = {{"GOROOT", "/g"}}, .entries = {"/g/bin"}};
    ProjectEnvironment project;
    project.variables = {{"A", "a"}};
    project.entries = {"/p/bin"};
    add_to(goal, project);
    CHECK(goal.entries == Texts{"/g/bin", "/p/bin"});
    CHECK(goal.variables.size() == 2);
}
