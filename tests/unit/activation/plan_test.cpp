// SPDX-License-Identifier: Apache-2.0
#include "activation/plan.hpp"

#include "activation/state.hpp"
#include "random_text.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;
using gov::base::Environment;
using gov::tests::RandomText;

namespace {

const Goal pinned{{{"GOROOT", "/v/go1.22.6"}, {"GOTOOLCHAIN", "local"}}, {"/v/go1.22.6/bin"}};
const Goal other{{{"GOROOT", "/v/go1.24.13"}, {"GOTOOLCHAIN", "local"}}, {"/v/go1.24.13/bin"}};
const Goal missing{{{"GOROOT", std::nullopt}}, {"/shims"}};
const Goal only_default{{}, {"/v/go1.23.3/bin"}};

Environment after(const Goal& goal, const Environment& environment) {
    return applied(plan_to(goal, environment), environment);
}

}  // namespace

TEST_CASE("a pinned toolchain gets GOROOT, GOTOOLCHAIN and the first place on PATH") {
    const Environment environment = after(pinned, Environment{{{"PATH", "/usr/bin"}}});
    CHECK(environment.get("GOROOT") == "/v/go1.22.6");
    CHECK(environment.get("GOTOOLCHAIN") == "local");
    CHECK(environment.get("PATH") == "/v/go1.22.6/bin:/usr/bin");
}

TEST_CASE("from one goal to the next nothing of the first one is left") {
    const Environment start{{{"PATH", "/usr/bin"}, {"GOROOT", "/own"}}};
    const Environment there = after(other, start);
    CHECK(after(other, after(pinned, start)).entries() == there.entries());
    CHECK(after(other, after(missing, start)).entries() == there.entries());
    CHECK(after(missing, after(pinned, start)).get("GOROOT") == std::nullopt);
    CHECK(after(only_default, after(pinned, start)).get("GOROOT") == "/own");
}

TEST_CASE("the same goal twice changes nothing") {
    const Environment once = after(pinned, Environment{{{"PATH", "/usr/bin"}}});
    const Plan plan = plan_to(pinned, once);
    CHECK(plan.changes.empty());
    CHECK(plan.dropped.empty());
    CHECK(plan.added.empty());
}

TEST_CASE("leaving restores every environment as it was: not set, empty, or of any value") {
    RandomText random{4};
    const std::vector<std::string> pieces{
        ":",    "/v/go1.22.6/bin", "/shims",      "/usr/bin", "", " ", "\n", "'", "$(x)",
        "\xff", "local",           "/v/go1.22.6", "auto"};
    const std::vector<Goal> goals{pinned, other, missing, only_default, Goal{}};
    for (int round = 0; round < 10'000; ++round) {
        Environment start;
        for (const char* name : {"PATH", "GOROOT", "GOTOOLCHAIN", "GOFLAGS"})
            if (random.below(4) != 0) start.set(name, random.of(pieces, 8));
        Environment environment = start;
        for (std::size_t steps = random.below(4) + 1; steps > 0; --steps) {
            const Plan plan = plan_to(goals[random.below(goals.size())], environment);
            const Plan back = way_back(plan, environment);
            environment = applied(plan, std::move(environment));
            REQUIRE(applied(back, environment).entries() == start.entries());
        }
        REQUIRE(after(Goal{}, environment).entries() == start.entries());
        REQUIRE(UserEnvironment{environment}.get().entries() == start.entries());
    }
}

TEST_CASE("a variable that the user has changed meanwhile keeps the user's value") {
    const Environment start{{{"PATH", "/usr/bin"}, {"GOTOOLCHAIN", "auto"}}};
    Environment environment = after(pinned, start);
    environment.set("GOROOT", "/mine");
    environment.unset("GOTOOLCHAIN");
    const Plan plan = plan_to(Goal{}, environment);
    CHECK(plan.kept == std::vector<std::string>{"GOROOT", "GOTOOLCHAIN"});
    const Environment left = applied(plan, environment);
    CHECK(left.get("GOROOT") == "/mine");
    CHECK(left.get("GOTOOLCHAIN") == std::nullopt);
    CHECK(left.get("PATH") == "/usr/bin");
    CHECK(left.get("GOV_STATE") == std::nullopt);
}

TEST_CASE("a change that the next goal overrides is not called kept") {
    Environment environment = after(pinned, Environment{{{"PATH", "/usr/bin"}}});
    environment.set("GOROOT", "/usr/local/go");  // as a child shell's start-up files may do
    const Plan plan = plan_to(pinned, environment);
    CHECK(plan.kept.empty());
    const Environment again = applied(plan, environment);
    CHECK(again.get("GOROOT") == "/v/go1.22.6");
    CHECK(after(Goal{}, again).get("GOROOT") == "/usr/local/go");
}

TEST_CASE("edits of PATH in between outlive the leaving") {
    Environment environment = after(pinned, Environment{{{"PATH", "/usr/bin"}}});
    environment.set("PATH", "/mine:/v/go1.22.6/bin:/usr/bin:/last");
    CHECK(after(Goal{}, environment).get("PATH") == "/mine:/usr/bin:/last");
    environment.set("PATH", "/all/new");
    CHECK(after(Goal{}, environment).get("PATH") == "/all/new");
}

TEST_CASE("a start-up file that resets or extends PATH does not hide the toolchain") {
    Environment environment = after(pinned, Environment{{{"PATH", "/usr/bin"}}});
    for (const char* path : {"/usr/local/bin:/usr/bin", "/opt/bin:/v/go1.22.6/bin:/usr/bin"}) {
        environment.set("PATH", path);
        CHECK(after(pinned, environment).get("PATH")->starts_with("/v/go1.22.6/bin:"));
    }
}

TEST_CASE("a forged state is ignored and written anew") {
    for (const char* forged : {"x", "1;LD_PRELOAD=/evil.so<", "1;GOROOT=/v<;GOROOT=/v<"}) {
        const Environment start{
            {{"PATH", "/usr/bin"}, {"LD_PRELOAD", "/evil.so"}, {"GOV_STATE", forged}}};
        const Environment environment = after(pinned, start);
        CHECK(parse_state(*environment.get("GOV_STATE")));
        const Environment left = after(Goal{}, environment);
        CHECK(left.get("PATH") == "/usr/bin");
        CHECK(left.get("LD_PRELOAD") == "/evil.so");
        CHECK(left.get("GOV_STATE") == std::nullopt);
    }
}

TEST_CASE("what has the wanted value already is not gov's to restore") {
    const Environment start{{{"PATH", "/usr/bin"}, {"GOTOOLCHAIN", "local"}}};
    const Environment environment = after(pinned, start);
    CHECK(environment.get("GOV_STATE")->find("GOTOOLCHAIN") == std::string_view::npos);
    CHECK(after(Goal{}, environment).get("GOTOOLCHAIN") == "local");
}
