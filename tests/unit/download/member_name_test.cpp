// SPDX-License-Identifier: Apache-2.0
#include "download/member_name.hpp"

#include "support/failure.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::tests::failure_of;

namespace {

bool is_refused(const std::string& name) {
    return failure_of([&] { check_member_name(name); }).code == ExitCode::verification;
}

bool clash(std::initializer_list<const char*> names) {
    const auto failure = failure_of([&] {
        NameSet set;
        for (const char* name : names) set.add_file(name);
    });
    return failure.code == ExitCode::verification;
}

}  // namespace

TEST_CASE("names as Go releases have them are accepted") {
    for (const char* name :
         {"VERSION", "src/cmd/go/main.go", "test/fixedbugs/issue27836.dir/Þfoo.go", "a b",
          "src/.gitignore", "..a", "a..b", "...a", "src/~", "con1", "com", "commit", "lpt10",
          "src/console.go", "-rf"}) {
        CAPTURE(std::string{name});
        CHECK_FALSE(is_refused(name));
    }
    CHECK_FALSE(is_refused(std::string(255, 'a')));
}

TEST_CASE("names that lead astray or that not every system can have are refused") {
    for (const std::string& name : {std::string{},
                                    std::string{"/etc/passwd"},
                                    std::string{"../x"},
                                    std::string{"a/../b"},
                                    std::string{"a/.."},
                                    std::string{"."},
                                    std::string{"a/./b"},
                                    std::string{"a//b"},
                                    std::string{"a/"},
                                    std::string{"a\\b"},
                                    std::string{"c:x"},
                                    std::string{"a\nb"},
                                    std::string{"a\x1b[2J"},
                                    std::string{"a\0b", 3},
                                    std::string{"a\xff"},
                                    std::string{"a\xe2\x80\xae"},
                                    std::string{"a."},
                                    std::string{"a "},
                                    std::string{"a./b"},
                                    std::string{"con"},
                                    std::string{"src/AUX.go"},
                                    std::string{"nul.tar.gz"},
                                    std::string{"LPT1"},
                                    std::string{"com0/x"},
                                    std::string{"a*"},
                                    std::string{"a?"},
                                    std::string{"a|b"},
                                    std::string{"a<b"},
                                    std::string{"a\"b"},
                                    std::string{"it's"},
                                    std::string(256, 'a')}) {
        CAPTURE(std::string{name});
        CHECK(is_refused(name));
    }
    std::string deep = "a";
    for (int i = 0; i < 33; ++i) deep += "/a";
    CHECK(is_refused(deep));
    std::string wide;
    while (wide.size() < 1025) wide += std::string(200, 'a') + "/";
    CHECK(is_refused(wide + "a"));
}

TEST_CASE("names of one tree must not clash") {
    CHECK_FALSE(clash({"a", "b/a", "b/b", "c/a/a"}));
    CHECK(clash({"a", "a"}));
    CHECK(clash({"a", "A"}));
    CHECK(clash({"a", "a/b"}));
    CHECK(clash({"a/b", "a"}));
    CHECK(clash({"a/b", "A/c"}));
    CHECK(clash({"a/b/c", "a/B"}));
}

TEST_CASE("a set of names knows the directories in the order to make them") {
    NameSet set;
    set.add_file("x/y/z/file");
    set.add_file("x/file");
    set.add_file("x/y/w/file");
    CHECK(set.directories() == std::vector<std::string>{"x", "x/y", "x/y/z", "x/y/w"});
}
