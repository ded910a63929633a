// SPDX-License-Identifier: Apache-2.0
#include "cache/statistics.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::cache;
using gov::tests::Sandbox;

TEST_CASE("runs add up, and the last trouble stays") {
    const Sandbox sandbox;
    Statistics run;
    run.gets = 5;
    run.remote_hits = 3;
    keep(sandbox.path() / "kept", run, "it is full");
    keep(sandbox.path() / "kept", run, "");
    Totals totals;
    read_totals(sandbox.path() / "kept", totals);
    CHECK(totals.runs == 2);
    CHECK(totals.counts.gets == 10);
    CHECK(totals.counts.remote_hits == 6);
    CHECK(totals.trouble == "it is full");
    CHECK(totals.trouble_time > 1'700'000'000);
}

TEST_CASE("a file that makes no sense is begun anew") {
    const Sandbox sandbox;
    for (const char* text : {"", "{", "[]", "{\"gets\": -4}", "{\"gets\": \"x\"}"}) {
        sandbox.write("statistics.json", text);
        Totals totals;
        read_totals(sandbox.path(), totals);
        CHECK(totals.counts.gets == 0);
    }
}

TEST_CASE("what several runs report is added up, with the first trouble") {
    const Sandbox sandbox;
    Statistics run;
    run.puts = 2;
    const auto file = sandbox.path() / "report";
    Statistics sum;
    CHECK(read_reports(file, sum).empty());
    report(file, run, "");
    report(file, run, "first");
    report(file, run, "second");
    CHECK(read_reports(file, sum) == "first");
    CHECK(sum.puts == 6);
}
