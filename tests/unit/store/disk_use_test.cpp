// SPDX-License-Identifier: Apache-2.0
#include "store/disk_use.hpp"

#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using gov::store::DiskUse;
using gov::store::TreeSize;
using gov::tests::Sandbox;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t large = std::size_t{1} << 20U;

// Two trees with one file in common and one of its own each.
struct Trees {
    Sandbox sandbox;
    fs::path a = sandbox.path() / "a";
    fs::path b = sandbox.path() / "b";

    Trees() {
        const std::string content(large, 'x');
        sandbox.write("a/common", content);
        sandbox.write("a/own", content);
        sandbox.write("b/own", content);
        fs::create_hard_link(a / "common", b / "common");
    }
};

}  // namespace

TEST_CASE("a file that two trees share takes its room once and counts in both") {
    const Trees trees;
    DiskUse use;
    const TreeSize first = use.add(trees.a);
    const TreeSize second = use.add(trees.b);
    CHECK(first.apparent == 2 * large);
    CHECK(second.apparent == 2 * large);
    CHECK(first.allocated >= 2 * large);
    CHECK(second.allocated >= large);
    CHECK(second.allocated < 2 * large);
}

TEST_CASE("removing one of two trees frees what it alone has, removing both frees all") {
    const Trees trees;
    DiskUse one;
    one.add(trees.a);
    CHECK(one.freed_by_removal() >= large);
    CHECK(one.freed_by_removal() < 2 * large);
    DiskUse both;
    const TreeSize first = both.add(trees.a);
    const TreeSize second = both.add(trees.b);
    CHECK(both.freed_by_removal() == first.allocated + second.allocated);
}

TEST_CASE("a file with many names in one tree counts once there") {
    const Sandbox sandbox;
    sandbox.write("a/one", std::string(large, 'x'));
    fs::create_hard_link(sandbox.path() / "a/one", sandbox.path() / "a/two");
    DiskUse use;
    const TreeSize size = use.add(sandbox.path() / "a");
    CHECK(size.apparent == 2 * large);
    CHECK(size.allocated < 2 * large);
    CHECK(use.freed_by_removal() == size.allocated);
}

TEST_CASE("what is not there takes nothing") {
    const Sandbox sandbox;
    DiskUse use;
    const TreeSize size = use.add(sandbox.path() / "nowhere");
    CHECK(size.apparent == 0);
    CHECK(size.allocated == 0);
    CHECK(use.freed_by_removal() == 0);
}
