// SPDX-License-Identifier: Apache-2.0
#include "project/toml.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace gov::project;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

TomlFile parsed(std::string_view text) {
    return TomlFile{"/p/file.toml", text, "a = 1"};
}

}  // namespace

TEST_CASE("every kind of value is read with its place") {
    const std::string text =
        "\xEF\xBB\xBF# \u65e5\ntext = \"\u65e5\u672c\" # x\r\n"
        "truth = true\nwhole = -7\npart = 1.5\nday = 2026-01-02\n"
        "list = [\"a\", 2]\n[table]\nkey = { inner = 'v' }\n";
    const TomlFile file = parsed(text);
    const auto value = [&](std::string_view key) -> const TomlValue& {
        return find_entry(file.root(), key)->value;
    };
    CHECK(*value("text").as<std::string>() == "\u65e5\u672c");
    CHECK(text.substr(value("text").begin.byte,
                      value("text").end.byte - value("text").begin.byte) == "\"\u65e5\u672c\"");
    CHECK(value("text").begin.line == 2);
    CHECK(value("text").begin.column == 8);
    CHECK(*value("truth").as<bool>());
    CHECK(*value("whole").as<std::int64_t>() == -7);
    CHECK(*value("part").as<double>() == 1.5);
    CHECK(value("day").as<TomlValue::Moment>() != nullptr);
    CHECK(value("day").as<std::string>() == nullptr);
    const auto& list = *value("list").as<TomlValue::Array>();
    REQUIRE(list.size() == 2);
    CHECK(*list[0].as<std::string>() == "a");
    CHECK(list[1].begin.column == 14);
    const auto& table = *value("table").as<TomlValue::Table>();
    const auto& inner = *find_entry(table, "key")->value.as<TomlValue::Table>();
    CHECK(*find_entry(inner, "inner")->value.as<std::string>() == "v");
    CHECK(find_entry(inner, "inner")->place.line == 9);
    CHECK(find_entry(inner, "outer") == nullptr);
}

TEST_CASE("what is wrong is said with file, line and column, and an example") {
    const auto failure = failure_of([] { parsed("a = 1\nb = \"x\n"); });
    CHECK(failure.code == ExitCode::usage);
    CHECK(failure.message.starts_with("/p/file.toml:2:"));
    CHECK(failure.hint.ends_with("a = 1"));
}

TEST_CASE("a key that is not known is refused with the nearest one") {
    const TomlFile file = parsed("miror = 1\nzzz = 2\n");
    constexpr std::array<std::string_view, 2> known{"mirror", "sources"};
    const auto failure = failure_of([&] { file.refuse_unknown_keys(file.root(), known, "else"); });
    CHECK(failure.message == "/p/file.toml:1:1: unknown key \"miror\"");
    CHECK(failure.hint == "did you mean \"mirror\"?");
    const TomlFile far = parsed("# far\nzzz = 2\n");
    CHECK(failure_of([&] { far.refuse_unknown_keys(far.root(), known, "else"); }).hint == "else");
}
