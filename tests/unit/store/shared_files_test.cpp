// SPDX-License-Identifier: Apache-2.0
#include "store/shared_files.hpp"

#include "base/file.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace gov::store;
using gov::base::as_bytes;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

namespace fs = std::filesystem;

// A home where go1.22.5 is installed with two files of the same content.
struct Home {
    Sandbox sandbox;
    Places places = Places::of(sandbox.environment());
    fs::path old_root = places.goroot(GoVersion::require("1.22.5"));
    fs::path new_root = places.home / "staging";
    gov::base::UniqueFd root;

    Home() {
        std::string manifest;
        for (const char* name : {"bin/go", "src/a.go"}) {
            fs::create_directories((old_root / name).parent_path());
            fs::create_directories((new_root / name).parent_path());
            gov::base::write_file_atomically(old_root / name, "content");
            manifest +=
                gov::base::to_hex(gov::base::sha256(as_bytes("content"))) + "  m@v/" + name + "\n";
        }
        fs::permissions(old_root / "bin/go", fs::perms{0755});
        Manifest::write(places, GoVersion::require("1.22.5"), manifest);
        root = gov::base::open_directory(new_root);
    }

    bool link(const char* name, unsigned mode, const char* content) {
        const SharedFiles shared{places, GoVersion::require("1.22.6")};
        return shared.link(root.get(), name, mode, gov::base::sha256(as_bytes(content)),
                           as_bytes(content));
    }
};

}  // namespace

TEST_CASE("a file of the same name and content is shared, and cannot be written to") {
    Home home;
    CHECK(home.link("src/a.go", 0644, "content"));
    CHECK(gov::base::read_file(home.new_root / "src/a.go", 100) == "content");
    struct stat status;
    REQUIRE(::stat((home.new_root / "src/a.go").c_str(), &status) == 0);
    // Either a reflink, a file of its own, or a hard link without write bits.
    CHECK((status.st_nlink == 1 || (status.st_mode & 0222) == 0));
}

TEST_CASE("nothing is shared that differs in content, mode or name, or stands in bin") {
    Home home;
    CHECK_FALSE(home.link("src/a.go", 0644, "another"));
    CHECK_FALSE(home.link("src/a.go", 0755, "content"));
    CHECK_FALSE(home.link("src/b.go", 0644, "content"));
    CHECK_FALSE(home.link("bin/go", 0755, "content"));
    CHECK(fs::is_empty(home.new_root / "src"));
}

TEST_CASE("an installed file that was changed is not taken for what it was") {
    Home home;
    gov::base::write_file_atomically(home.old_root / "src/a.go", "changed");
    CHECK_FALSE(home.link("src/a.go", 0644, "content"));
    fs::remove(home.old_root / "src/a.go");
    fs::create_symlink("/etc/passwd", home.old_root / "src/a.go");
    CHECK_FALSE(home.link("src/a.go", 0644, "content"));
}
