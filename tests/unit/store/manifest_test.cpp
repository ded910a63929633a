// SPDX-License-Identifier: Apache-2.0
#include "store/manifest.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::store;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

const std::string hash(64, 'a');
const std::string module_prefix = "golang.org/toolchain@v0.0.1-go1.22.6.linux-amd64/";

}  // namespace

TEST_CASE("a manifest's files go by their names below the GOROOT") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const GoVersion version = GoVersion::require("1.22.6");
    CHECK_FALSE(Manifest::read(places, version));
    const std::string text =
        hash + "  " + module_prefix + "src/_go.mod\n" + hash + "  " + module_prefix + "VERSION\n";
    Manifest::write(places, version, text);
    const auto manifest = Manifest::read(places, version);
    REQUIRE(manifest);
    CHECK(manifest->text() == text);
    CHECK(manifest->hashes() == Manifest::Hashes{{"src/go.mod", hash}, {"VERSION", hash}});
}

TEST_CASE("a line that is none of a manifest's is refused") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const GoVersion version = GoVersion::require("1.22.6");
    for (const std::string& text :
         {std::string{"a line\n"}, std::string{"\n"}, std::string{"a@b/c"}, hash + "  VERSION\n",
          hash + "  " + "m@v"}) {
        CAPTURE(text);
        Manifest::write(places, version, text);
        CHECK(failure_of([&] { Manifest::read(places, version); }).code == ExitCode::verification);
    }
}
