// SPDX-License-Identifier: Apache-2.0
#include "download/verify.hpp"

#include "proof/h1.hpp"
#include "store/manifest.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::download;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

namespace fs = std::filesystem;

// An installed toolchain of three files that the log does not cover.
struct Toolchain {
    Sandbox sandbox;
    Places places = Places::of(sandbox.environment());
    GoVersion version = GoVersion::require("1.20.14");

    Toolchain() {
        gov::proof::TreeHash tree;
        const std::string prefix = "golang.org/toolchain@v0.0.1-go1.20.14.linux-amd64/";
        put("bin/go", "ELF", tree, prefix + "bin/go");
        put("src/go.mod", "module std\n", tree, prefix + "src/_go.mod");
        put("VERSION", "go1.20.14\n", tree, prefix + "VERSION");
        fs::permissions(goroot() / "bin/go", fs::perms{0755});
        const std::string manifest = tree.finish_manifest();
        gov::store::Manifest::write(places, version, manifest);
        gov::store::write_receipt(places, receipt(gov::proof::h1_of_manifest(manifest)));
    }

    gov::store::Receipt receipt(std::string h1) const {
        return {version, {"linux", "amd64"}, "download", "file:///x",
                "00",    std::move(h1),      "index",    {}};
    }
    fs::path goroot() const { return places.goroot(version); }
    void put(const std::string& name, std::string_view content, gov::proof::TreeHash& tree,
             const std::string& module_name) const {
        fs::permissions(sandbox.write(goroot() / name, content), fs::perms{0644});
        tree.add(module_name, gov::base::sha256(gov::base::as_bytes(content)));
    }
    // "changed NAME" and so on, one after the other.
    std::string differences() const {
        constexpr const char* words[] = {"changed ", "missing ", "extra ", "not covered "};
        std::string text;
        for (const Difference& difference : verify(places, {version, goroot()}, {}).differences)
            text += words[static_cast<int>(difference.change)] + difference.name + "\n";
        return text;
    }
};

}  // namespace

TEST_CASE("a toolchain that nobody touched is whole") {
    const Toolchain toolchain;
    CHECK(toolchain.differences().empty());
}

TEST_CASE("every difference is named, in the order of names") {
    const Toolchain toolchain;
    toolchain.sandbox.write(toolchain.goroot() / "src/new.go", "package main\n");
    toolchain.sandbox.write(toolchain.goroot() / "VERSION", "go1.20.15\n");
    fs::remove(toolchain.goroot() / "bin/go");
    CHECK(toolchain.differences() == "changed VERSION\nmissing bin/go\nextra src/new.go\n");
}

TEST_CASE("a file that became a link, a pipe or more than it was is changed") {
    const Toolchain toolchain;
    const fs::path version = toolchain.goroot() / "VERSION";
    fs::rename(version, toolchain.sandbox.path() / "elsewhere");
    fs::create_symlink(toolchain.sandbox.path() / "elsewhere", version);
    fs::permissions(toolchain.goroot() / "src/go.mod", fs::perms{04755});
    CHECK(toolchain.differences() == "changed VERSION\nchanged src/go.mod\n");
}

TEST_CASE("missing write bits are no change: shared files have none") {
    const Toolchain toolchain;
    fs::permissions(toolchain.goroot() / "src/go.mod", fs::perms{0444});
    CHECK(toolchain.differences().empty());
}

TEST_CASE("without a receipt that agrees with its list of files nothing is proved") {
    const Toolchain toolchain;
    gov::store::write_receipt(toolchain.places,
                              toolchain.receipt("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
    const auto failure = failure_of([&] { toolchain.differences(); });
    CHECK(failure.code == ExitCode::verification);
    CHECK(failure.message.ends_with("has a receipt that contradicts itself"));
    fs::remove(toolchain.places.receipt(toolchain.version));
    CHECK(failure_of([&] { toolchain.differences(); }).message.ends_with("has no receipt"));
}
