// SPDX-License-Identifier: Apache-2.0
#include "toolchain/platform.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <array>
#include <utility>

#include <sys/utsname.h>

namespace gov::toolchain {

namespace {

// uname -m against GOARCH.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> machines{{
    {"x86_64", "amd64"},
    {"aarch64", "arm64"},
    {"arm64", "arm64"},
    {"i386", "386"},
    {"i686", "386"},
    {"armv6l", "arm"},
    {"armv7l", "arm"},
    {"riscv64", "riscv64"},
    {"s390x", "s390x"},
    {"ppc64le", "ppc64le"},
    {"loongarch64", "loong64"},
    {"mips64", "mips64"},
}};

}  // namespace

Platform Platform::host() {
    struct utsname name;
    if (::uname(&name) != 0) throw base::Error{"asking the kernel what machine this is failed"};
    Platform platform;
    platform.os = name.sysname;
    for (char& c : platform.os)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const auto& [machine, arch] : machines)
        if (machine == name.machine) platform.arch = arch;
    if (platform.arch.empty())
        throw base::Error{
            base::format("Go publishes no toolchain for the machine \"{}\"", name.machine)};
    return platform;
}

std::string module_version(const GoVersion& version, const Platform& platform) {
    return base::format("v0.0.1-{}.{}-{}", version.name(), platform.os, platform.arch);
}

std::string archive_name(const GoVersion& version, const Platform& platform) {
    if (platform.os.empty()) return version.name() + ".src.tar.gz";
    return base::format("{}.{}-{}.{}", version.name(), platform.os,
                        platform.arch == "arm" ? "armv6l" : platform.arch,
                        platform.os == "windows" ? "zip" : "tar.gz");
}

}  // namespace gov::toolchain
