// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "crafted.hpp"
#include "cross/artifact/artifact.hpp"
#include "toolchain/go_string.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gov::cross;
using gov::base::Error;
using gov::base::full_message;

TEST_CASE("build information gives version, modules and settings") {
    const Artifact artifact = read_artifact(crafted::elf({}));
    REQUIRE(artifact.build_info);
    const BuildInfo& info = *artifact.build_info;
    CHECK(info.records_settings);
    CHECK(info.go_version == "go1.22.6");
    CHECK(info.path == "example.com/hello");
    REQUIRE(info.main_module);
    CHECK(info.main_module->version == "(devel)");
    REQUIRE(info.dependencies.size() == 1);
    CHECK(info.dependencies[0].sum == "h1:abc=");
    CHECK(info.dependencies[0].replaced_by == "./a");
    CHECK(info.setting("-trimpath") == "true");
    CHECK(info.setting("-ldflags") == "-s -w");
    CHECK_FALSE(info.setting("-race"));
}

TEST_CASE("the form of before Go 1.18, with pointers, is read in both widths and byte orders") {
    for (const int bits : {32, 64})
        for (const std::endian order : {std::endian::little, std::endian::big}) {
            const Artifact artifact =
                read_artifact(crafted::elf({.bits = bits,
                                            .order = order,
                                            .pointers = true,
                                            .build = {.go_version = "go1.17"}}));
            REQUIRE(artifact.build_info);
            CHECK(artifact.build_info->go_version == "go1.17");
            CHECK(artifact.build_info->path == "example.com/hello");
            CHECK_FALSE(artifact.build_info->records_settings);
        }
}

TEST_CASE("the magic at an odd place is a constant of the program, not build information") {
    const std::string_view magic{"\xff Go buildinf:", 14};
    crafted::File file = crafted::elf({.sections = false});
    const std::size_t place = crafted::place_of(magic, file);
    REQUIRE(place % 16 == 0);
    std::copy(magic.begin(), magic.end(), file.begin() + static_cast<std::ptrdiff_t>(place) - 40);
    CHECK(read_artifact(file).build_info);
    file[place] = 0;
    CHECK_FALSE(read_artifact(file).build_info);
}

TEST_CASE("a text whose length reaches past the file is refused, whatever it claims") {
    crafted::File file = crafted::elf({.sections = false});
    const auto length =
        file.begin() + static_cast<std::ptrdiff_t>(crafted::place_of(" Go buildinf:", file)) + 31;
    SUBCASE("beyond the segment") {
        length[0] = 0xFF;
        length[1] = 0x7F;
    }
    SUBCASE("beyond all memory") {
        std::fill(length, length + 9, std::uint8_t{0xFF});
        length[9] = 1;
    }
    SUBCASE("without an end") {
        std::fill(length, length + 12, std::uint8_t{0xFF});
    }
    CHECK_THROWS_AS(read_artifact(file), Error);
}

TEST_CASE("a line that Go would refuse is refused with its number") {
    const auto message_of = [](std::string_view text) {
        try {
            BuildInfo info;
            parse_module_text(text, info);
        } catch (const std::exception& error) {
            return full_message(error);
        }
        return std::string{};
    };
    CHECK(message_of("path\ta\nmod\ta\n") == "line 2: a module with 1 columns");
    CHECK(message_of("=>\ta\tb\tc\n") == "line 1: a replacement that follows no module");
    CHECK(message_of("build\t=x\n") == "line 1: a setting without name or '='");
    CHECK(message_of("build\tGOOS\n") == "line 1: a setting without name or '='");
    CHECK(message_of("build\tA=\"x\n") == "line 1: a setting whose quoted value is not ended");
    CHECK(message_of("something new\t1\nbuild\tA=\n") == "");
}

TEST_CASE("Go string literals are read as Go reads them") {
    const auto value_of = [](std::string_view text) {
        return gov::toolchain::take_go_string(text);
    };
    CHECK(value_of(R"("a\tb\"\\")") == "a\tb\"\\");
    CHECK(value_of(R"("\x41\101\u00e9\U0001F308")") == "AAé🌈");
    CHECK(value_of("`a\\n`") == "a\\n");
    for (const char* bad :
         {R"("a)", R"("\q")", R"("\x4")", R"("\ud800")", R"("\400")", "\"a\nb\"", "a", "`a", ""})
        CHECK_FALSE(value_of(bad));
    std::string_view text = R"("key"=value)";
    CHECK(gov::toolchain::take_go_string(text) == "key");
    CHECK(text == "=value");
}
