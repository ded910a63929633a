// SPDX-License-Identifier: Apache-2.0
#include "cross/running/process_prng.hpp"

#include "cross/artifact/artifact.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace gov::cross;
namespace fs = std::filesystem;

TEST_CASE("the library is one for its processor and needs no other") {
    for (const char* arch : {"386", "amd64"}) {
        const std::string library = process_prng_library(arch);
        const Artifact artifact = read_artifact(gov::base::as_bytes(library));
        CHECK(artifact.format == Format::pe);
        CHECK(artifact.arch == arch);
        CHECK(artifact.kind == Kind::shared_library);
        CHECK(artifact.libraries.empty());
    }
}

TEST_CASE("it is put where programs look, and never over another") {
    const gov::tests::Sandbox sandbox;
    const fs::path windows = sandbox.path() / "drive_c/windows";
    fs::create_directories(windows / "system32");
    provide_process_prng(sandbox.path(), "386");
    CHECK(fs::exists(windows / "system32/bcryptprimitives.dll"));
    fs::create_directories(windows / "syswow64");
    provide_process_prng(sandbox.path(), "386");
    CHECK(fs::exists(windows / "syswow64/bcryptprimitives.dll"));
    fs::resize_file(windows / "system32/bcryptprimitives.dll", 1);
    provide_process_prng(sandbox.path(), "amd64");
    CHECK(fs::file_size(windows / "system32/bcryptprimitives.dll") == 1);
}
