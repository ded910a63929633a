// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_target.hpp"

#include "base/format.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

// glibc: the first with the machine, as zig's abilists and the release notes of glibc have it.
struct Machine {
    std::string_view arch;  // GOARCH
    std::string_view zig;
    std::string_view gnu;
    std::string_view abi;  // what follows "gnu" and "musl"
    std::string_view glibc = "2.17";
};

constexpr std::array machines{
    Machine{"386", "x86", "i686", ""},
    Machine{"amd64", "x86_64", "x86_64", ""},
    Machine{"arm", "arm", "arm", "eabihf"},
    Machine{"arm64", "aarch64", "aarch64", ""},
    Machine{"loong64", "loongarch64", "loongarch64", "", "2.36"},
    Machine{"mips", "mips", "mips", "eabihf"},
    Machine{"mips64", "mips64", "mips64", "abi64"},
    Machine{"mips64le", "mips64el", "mips64el", "abi64"},
    Machine{"mipsle", "mipsel", "mipsel", "eabihf"},
    Machine{"ppc64le", "powerpc64le", "powerpc64le", "", "2.19"},
    Machine{"riscv64", "riscv64", "riscv64", "", "2.27"},
    Machine{"s390x", "s390x", "s390x", ""},
};

const Machine* machine_of(const Target& target) {
    const auto found = std::find_if(machines.begin(), machines.end(), [&](const Machine& machine) {
        return machine.arch == target.platform.arch;
    });
    return found == machines.end() ? nullptr : found;
}

bool is_mips(const Target& target) {
    return target.platform.arch.starts_with("mips");
}

// Go's programs for GOARM=5 compute without a floating point unit.
std::string_view abi_of(const Machine& machine, const Target& target) {
    return machine.arch == "arm" && target.variant.starts_with('5') ? "eabi" : machine.abi;
}

}  // namespace

std::string gnu_triple(const Target& target) {
    const Machine* machine = machine_of(target);
    if (machine == nullptr) return {};
    if (target.platform.os == "windows") return base::format("{}-w64-mingw32", machine->gnu);
    if (target.platform.os != "linux") return {};
    // Debian's of 32-bit MIPS say nothing of floating point.
    const bool is_mips32 = is_mips(target) && machine->abi == "eabihf";
    return base::format("{}-linux-gnu{}", machine->gnu,
                        is_mips32 ? std::string_view{} : abi_of(*machine, target));
}

std::string musl_triple(const Target& target) {
    const Machine* machine = machine_of(target);
    if (machine == nullptr || target.platform.os != "linux") return {};
    return base::format("{}-linux-musl{}", machine->gnu,
                        is_mips(target) ? std::string_view{} : abi_of(*machine, target));
}

std::string zig_triple(const Target& target, const CSettings& settings) {
    const Machine* machine = machine_of(target);
    if (machine == nullptr) return {};
    const std::string& os = target.platform.os;
    if (os == "windows") return base::format("{}-windows-gnu", machine->zig);
    if (os == "darwin")
        return base::format("{}-macos{}", machine->zig,
                            settings.macos_min ? "." + *settings.macos_min : std::string{});
    if (os == "freebsd" || os == "netbsd") return base::format("{}-{}", machine->zig, os);
    if (os != "linux") return {};
    const std::string_view abi = abi_of(*machine, target);
    if (settings.musl.value_or(false) || settings.is_static.value_or(false))
        return base::format("{}-linux-musl{}", machine->zig, abi);
    return base::format("{}-linux-gnu{}.{}", machine->zig, abi,
                        settings.glibc.value_or(default_glibc(target)));
}

std::string default_glibc(const Target& target) {
    const Machine* machine = machine_of(target);
    return machine == nullptr ? std::string{} : std::string{machine->glibc};
}

std::string debian_package(const Target& target) {
    const Machine* machine = machine_of(target);
    std::string name = gnu_triple(target);
    if (name.empty()) return {};
    if (target.platform.os == "windows") name = base::format("mingw-w64-{}", machine->gnu);
    std::replace(name.begin(), name.end(), '_', '-');
    return "gcc-" + name;
}

}  // namespace gov::cross
