// SPDX-License-Identifier: Apache-2.0
#include "cross/running/canary.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "cross/kept_folder.hpp"

#include <random>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view source = R"(package main

import "os"

func main() {
	os.Stdout.WriteString(os.Args[1] + "\n")
	status := 0
	for _, digit := range os.Args[2] {
		status = 10*status + int(digit-'0')
	}
	os.Exit(status)
}
)";

}  // namespace

fs::path build_canary(const fs::path& cache, const fs::path& goroot,
                      const toolchain::GoVersion& version, const Target& target,
                      base::Environment environment, const std::function<void()>& before) {
    const KeptFolder folder{cache / "cross" / ("canary-" + version.name())};
    const fs::path& directory = folder.path();
    base::write_file_atomically(directory / "go.mod", "module canary\n");
    base::write_file_atomically(directory / "main.go", source);
    std::string name = target.str() + std::string{program_extension(target.platform)};
    for (char& letter : name)
        if (letter == '/') letter = '-';
    const fs::path program = directory / name;
    if (!fs::exists(program)) before();
    environment.set("GOWORK", "off");
    environment.set("CGO_ENABLED", "0");
    base::ProcessSpec spec{.arguments = {(goroot / "bin/go").native(), "build", "-trimpath",
                                         "-ldflags=-s -w", "-o", program.native()},
                           .environment = std::move(environment),
                           .directory = directory};
    if (version >= toolchain::GoVersion::require("1.18"))
        spec.arguments.emplace_back("-buildvcs=false");
    spec.arguments.emplace_back("main.go");
    const base::ProcessResult result = base::run(spec);
    if (result.status != 0)
        throw base::Error{base::format("building a program to try runners of {} with: {}",
                                       target.str(), result.errors)};
    return program;
}

CanaryCall::CanaryCall() {
    std::random_device random;
    word = base::format("gov-{:08x}{:08x}", random(), random());
    // 1 and 2 are what fails in many ways, and from 125 on shells speak.
    status = std::uniform_int_distribution{3, 124}(random);
}

}  // namespace gov::cross
