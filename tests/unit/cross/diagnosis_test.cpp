// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis.hpp"

#include "cross/diagnosis/line_pattern.hpp"

#include <doctest/doctest.h>

#include <cctype>
#include <set>

using namespace gov::cross;

namespace {

std::vector<std::string_view> ids(std::string_view log, const std::optional<Target>& target = {}) {
    std::vector<std::string_view> found;
    for (const Diagnosis& diagnosis : diagnose(log, target)) found.push_back(diagnosis.id);
    return found;
}

// A line as `pattern` describes it.
std::string example_of(std::string_view pattern) {
    std::string line{"before "};
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{') {
            line += pattern[at];
            continue;
        }
        line += "zq";
        at = pattern.find('}', at);
    }
    return line;
}

}  // namespace

TEST_CASE("names in a pattern stand for what differs") {
    const auto found =
        match_line("ld: cannot find -lnosuch: No such file", "cannot find -l{lib}: ");
    REQUIRE(found);
    CHECK(*found == Captures{{"lib", "nosuch"}});
    CHECK(match_line("a b c", "{first} {second} c")->size() == 2);
    CHECK(match_line("version 1.2", "version {v}") == Captures{{"v", "1.2"}});
    CHECK(!match_line("version ", "version {v}"));
    CHECK(!match_line("", "version {v}"));
    CHECK(!match_line("cannot find it", "cannot find -l{lib}"));
}

TEST_CASE("a name that comes again stands for the same text") {
    CHECK(match_line("'Foo/Foo.h' file", "'{f}/{f}.h' file") == Captures{{"f", "Foo"}});
    CHECK(!match_line("'Foo/Bar.h' file", "'{f}/{f}.h' file"));
    CHECK(match_line("'a/b.h' and 'c/c.h'", "'{f}/{f}.h'") == Captures{{"f", "c"}});
}

TEST_CASE("every rule has an id of its own, and each of its patterns leads to it") {
    std::set<std::string_view> seen;
    for (const DiagnosisRule* rule : diagnosis_rules()) {
        CHECK_MESSAGE(seen.insert(rule->id).second, rule->id);
        CHECK(find_rule(rule->id) == rule);
        CHECK(!rule->remedy.empty());
        for (const std::string_view pattern : rule->patterns) {
            if (pattern.empty()) break;
            const auto found = ids(example_of(pattern));
            REQUIRE_MESSAGE(found.size() == 1, pattern);
            CHECK_MESSAGE(found.front() == rule->id, pattern);
        }
    }
    CHECK(find_rule("nothing") == nullptr);
}

TEST_CASE("texts take what the line has, and braces stay braces") {
    const auto found = diagnose("x\n./a.go:3:4: undefined: nat.One\r\n");
    REQUIRE(found.size() == 1);
    CHECK(found[0].line == "./a.go:3:4: undefined: nat.One");
    CHECK(found[0].line_number == 2);
    CHECK(found[0].meaning.starts_with("./a.go:3 uses nat.One, which no file of that package"));
    CHECK(found[0].remedy.find("'{{.IgnoredGoFiles}}'") != std::string::npos);
    const Diagnosis alone = explain(*find_rule("cgo-undefined"));
    CHECK(alone.meaning.starts_with("SOURCE uses PACKAGE.NAME, "));
    CHECK(alone.line_number == 0);
}

TEST_CASE("a meaning names the file and line that the compiler names") {
    const auto named = [](std::string_view line) { return diagnose(line).at(0).meaning; };
    CHECK(named("vet: nat/a.go:12:7: undefined: one").starts_with("nat/a.go:12 uses one, "));
    CHECK(named("/src/a.go:12: undefined: one").starts_with("/src/a.go:12 uses one, "));
    CHECK(named("./a.go:3:4: undefined: syscall.Kill").starts_with("./a.go:3 uses Kill, "));
    CHECK(
        named("./a.go:3:4: 1 << 40 (untyped int constant) overflows int").ends_with("at ./a.go:3"));
    CHECK(named("x: undefined: one").starts_with("SOURCE uses one, "));
}

TEST_CASE("a line shows one rule, and a rule is told once") {
    CHECK(ids("a: undefined: syscall.Kill\nb: undefined: syscall.Stat\nc: undefined: nat.One\n") ==
          std::vector<std::string_view>{"port", "cgo-undefined"});
    CHECK(ids("all is well\n").empty());
    CHECK(ids("").empty());
}

TEST_CASE("a value too wide for int is of 32-bit targets alone") {
    constexpr std::string_view line =
        "./a.go:1:2: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in "
        "variable declaration (overflows)";
    CHECK(ids(line) == std::vector<std::string_view>{"32bit"});
    CHECK(ids(line, Target{{"windows", "386"}}) == std::vector<std::string_view>{"32bit"});
    CHECK(ids(line, Target{{"linux", "amd64"}}).empty());
}

TEST_CASE("a log of gov names its target") {
    CHECK(target_of_log("cd /x\nGOOS=linux\nGOARCH=arm\n\nstatus 1\n") == Target{{"linux", "arm"}});
    CHECK(!target_of_log("GOOS=linux\n"));
}

TEST_CASE("a long line costs no more than its beginning") {
    CHECK(ids(std::string(1U << 20U, '\'') + "cannot find -lx").empty());
}
