// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/compiler_hints.hpp"

#include "base/format.hpp"
#include "cross/cgo/c_target.hpp"

namespace gov::cross {

std::string hint_for_target(const CompilerNeed& need, const toolchain::Platform& host) {
    const std::string& os = need.target.platform.os;
    if (os == "darwin" && host.os == "darwin")
        return "install Xcode's command line tools: xcode-select --install";
    if (zig_triple(need.target, need.settings).empty())
        return "name one: --cc COMMAND, or leave C code out: --cgo off";
    if (os == "darwin" || need.settings.glibc) return "install zig, as in: pip install ziglang";
    if (os == "linux" && need.settings.musl.value_or(false))
        return "install musl-tools (for this machine's kind) or zig (pip install ziglang)";
    if (need.target.platform == host) return "install gcc, or zig (pip install ziglang)";
    return base::format("install {} (Debian's name) or zig (pip install ziglang)",
                        debian_package(need.target));
}

std::string hint_for_kind(CompilerKind kind, const CompilerNeed& need,
                          const toolchain::Platform& host) {
    if (kind == CompilerKind::zig) return "install it, as in: pip install ziglang";
    if (kind == CompilerKind::musl)
        return "install musl-tools (for this machine's kind), or take zig: --cc zig --musl";
    const bool is_darwin = need.target.platform.os == "darwin";
    if (kind == CompilerKind::clang)
        return is_darwin ? "Apple's is on Macs alone; elsewhere zig compiles for macOS"
                         : "install clang";
    const bool fits = (kind == CompilerKind::mingw) == (need.target.platform.os == "windows");
    const std::string package = debian_package(need.target);
    if (!fits || package.empty()) return "it compiles for other systems";
    if (kind == CompilerKind::mingw && need.settings.crt == Crt::ucrt)
        return base::format(
            "the one with UCRT is {}ucrt-gcc, which few systems have; zig has UCRT as "
            "well: --cc zig",
            gnu_triple(need.target));
    return base::format("install {} (Debian's name)",
                        need.target.platform == host ? "gcc" : package);
}

}  // namespace gov::cross
