// SPDX-License-Identifier: Apache-2.0
#include "cross/target.hpp"

#include <array>

namespace gov::cross {

namespace {

struct Setting {
    std::string_view arch;
    std::string_view name;
};

// internal/buildcfg of Go: which variable chooses an architecture's variant.
constexpr std::array settings{
    Setting{"386", "GO386"},       Setting{"amd64", "GOAMD64"},     Setting{"arm", "GOARM"},
    Setting{"arm64", "GOARM64"},   Setting{"mips", "GOMIPS"},       Setting{"mipsle", "GOMIPS"},
    Setting{"mips64", "GOMIPS64"}, Setting{"mips64le", "GOMIPS64"}, Setting{"ppc64", "GOPPC64"},
    Setting{"ppc64le", "GOPPC64"}, Setting{"riscv64", "GORISCV64"},
};

}  // namespace

std::string Target::str() const {
    return variant.empty() ? platform.str() : platform.str() + "/" + variant;
}

std::string Target::variant_name() const {
    return platform.arch == "arm" && !variant.empty() ? "v" + variant : variant;
}

std::string Target::variant_setting() const {
    for (const Setting& setting : settings)
        if (setting.arch == platform.arch) return std::string{setting.name};
    return {};
}

std::string_view program_extension(const toolchain::Platform& platform) noexcept {
    if (platform.os == "windows") return ".exe";
    if (platform.arch == "wasm") return ".wasm";
    return {};
}

}  // namespace gov::cross
