// SPDX-License-Identifier: Apache-2.0
#include "cross/starter_files.hpp"

#include "base/error.hpp"
#include "cross/ci_matrix.hpp"

#include <doctest/doctest.h>

using namespace gov;
using namespace gov::cross;

namespace {

StarterFacts facts() {
    StarterFacts facts{.program = "hello", .go = "1.22.6"};
    facts.targets = {{{"linux", "amd64"}}, {{"linux", "arm"}, "7"}, {{"windows", "386"}}};
    return facts;
}

}  // namespace

TEST_CASE("no file has a place left that nothing was put into") {
    for (const char* kind : {"dockerfile", "generate", "github", "gitlab", "makefile"}) {
        const auto files = starter_files(kind, facts());
        REQUIRE(!files.empty());
        for (const StarterFile& file : files) {
            for (const char* name :
                 {"@program@", "@options@", "@go@", "@matrix@", "@targets@", "@copies@", "@package",
                  "@version_", "@padding", "@gov", "@runner", "@?", "@!"})
                CHECK_MESSAGE(file.content.find(name) == std::string::npos, kind, " ", name);
            CHECK(file.content.ends_with('\n'));
        }
    }
}

TEST_CASE("a makefile has a target for each target") {
    const auto files = starter_files("makefile", facts());
    REQUIRE(files.size() == 1);
    CHECK(files[0].path == "Makefile");
    CHECK(files[0].content.find("TARGETS ?= linux/amd64 linux/arm/7 windows/386\n") !=
          std::string::npos);
    CHECK(
        files[0].content.find("#   make linux-amd64         one of them, into dist/linux-amd64/") !=
        std::string::npos);
}

TEST_CASE("jobs get gov from where they were told") {
    StarterFacts told = facts();
    told.gov = {.platform = {"linux", "arm64"}, .sha256 = "ab12", .url = "https://a.example/gov"};
    for (const char* kind : {"github", "gitlab"}) {
        const std::string content = starter_files(kind, told)[0].content;
        CHECK(content.find("GOV_URL: https://a.example/gov\n") != std::string::npos);
        CHECK(content.find("GOV_SHA256: ab12\n") != std::string::npos);
        CHECK(content.find("the gov for linux/arm64 ") != std::string::npos);
        CHECK(content.find("TOKEN") == std::string::npos);
        CHECK(content.find("vars.") == std::string::npos);
        CHECK(content.find("gov allow") == std::string::npos);
        told.needs_trust = true;
        CHECK(starter_files(kind, told)[0].content.find("gov allow\n") != std::string::npos);
        told.needs_trust = false;
    }
    CHECK(starter_files("github", told)[0].content.find("runs-on: ubuntu-24.04-arm\n") !=
          std::string::npos);
    told.gov.url.clear();
    CHECK(starter_files("github", told)[0].content.find("${{ vars.GOV_URL }}") !=
          std::string::npos);
    CHECK(starter_files("gitlab", told)[0].content.find("$CI_PROJECT_ID/packages/generic/gov/") !=
          std::string::npos);
}

TEST_CASE("an image is for the targets of linux, in docker's words") {
    const auto files = starter_files("dockerfile", facts());
    REQUIRE(files.size() == 2);
    CHECK(files[0].content.find("--platform linux/amd64,linux/arm/v7 ") != std::string::npos);
    CHECK(files[0].content.find("COPY go.mod ./\n") != std::string::npos);
    CHECK(files[0].content.find("main.version") == std::string::npos);
    StarterFacts more = facts();
    more.module_files = {"go.work", "app/go.mod", "app/go.sum", "lib/go.mod"};
    more.has_version = true;
    const std::string content = starter_files("dockerfile", more)[0].content;
    CHECK(content.find("COPY go.work ./\nCOPY app/go.mod app/go.sum ./app/\n"
                       "COPY lib/go.mod ./lib/\n") != std::string::npos);
    CHECK(content.find("ARG TARGETOS TARGETARCH TARGETVARIANT VERSION\n") != std::string::npos);
    more.targets = {{{"windows", "386"}}};
    CHECK_THROWS_WITH_AS(starter_files("dockerfile", more), doctest::Contains("no target is for"),
                         base::Error);
}

TEST_CASE("a kind that gov does not write is refused") {
    CHECK_THROWS_WITH_AS(require_starter_kind("dokerfile"), "gov cannot write a dokerfile",
                         base::Error);
}

TEST_CASE("jobs of CI are named so that files and caches can be called by them") {
    const CiJob job = job_for({{"linux", "arm"}, "7"});
    CHECK(job.target == "linux/arm/7");
    CHECK(job.name == "linux-arm-7");
    CHECK(job_for({{"linux", "arm64"}}).runner == "ubuntu-24.04-arm");
    CHECK(job_for({{"darwin", "arm64"}}).runner == "macos-latest");
    CHECK(job_for({{"windows", "386"}}).runner == "windows-latest");
    CHECK(github_matrix({{{"linux", "386"}}}).write_line() ==
          R"({"include":[{"target":"linux/386","goos":"linux","goarch":"386","variant":"",)"
          R"("name":"linux-386","runner":"ubuntu-latest"}]})");
    CHECK(gitlab_matrix({{{"linux", "386"}}}).write_line() == R"([{"TARGET":["linux/386"]}])");
}
