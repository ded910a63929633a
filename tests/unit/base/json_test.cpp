// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

using gov::base::Error;
using gov::base::Json;

TEST_CASE("what is written is read again") {
    const std::string text = R"({"a":[1,2.5,null,true,"\u00e9\n"],"b":{}})";
    CHECK(Json::parse(text).write_line() == text);
    CHECK(*Json::parse(text).find("a")->as_array()->back().as_string() == "é\n");
}

TEST_CASE("an object of many names is read quickly enough to be read at all") {
    std::string text = "{";
    for (int i = 0; i < 200'000; ++i) text += "\"" + std::to_string(i) + "\":1,";
    CHECK(Json::parse(text + "\"last\":1}").as_object()->size() == 200'001);
}

TEST_CASE("members are found by name, and asking the wrong kind answers nothing") {
    const Json value = Json::parse(R"({"version":"go1.22.6","size":3})");
    CHECK(value.text("version") == "go1.22.6");
    CHECK(value.text("size").empty());
    CHECK(*value.find("size")->as_integer() == 3);
    CHECK(value.find("none") == nullptr);
    CHECK(value.find("version")->find("x") == nullptr);
}

TEST_CASE("bad JSON is refused") {
    const std::string deep(10000, '[');
    for (const std::string& text :
         {std::string{""}, std::string{"[1]x"}, std::string{"<html>"}, deep,
          std::string{R"({"a":1,"a":2})"}, std::string{"[1,]"}, std::string{"18446744073709551615"},
          std::string{"NaN"}, std::string{"\"\\ud800\""}, std::string{"\"\xff\""}})
        CHECK_THROWS_AS(Json::parse(text), Error);
}
