// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_compiler.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "cross/artifact/dotted_version.hpp"
#include "cross/artifact/policy_rules.hpp"
#include "cross/cgo/c_target.hpp"
#include "cross/cgo/compiler_hints.hpp"
#include "cross/cgo/xcode.hpp"
#include "cross/cgo/zig.hpp"
#include "cross/linker_flags.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

constexpr std::array kinds{CompilerKind::zig,   CompilerKind::mingw, CompilerKind::gcc,
                           CompilerKind::clang, CompilerKind::musl,  CompilerKind::command};

// The version in the first line of what a compiler says of itself: its first word of digits and
// dots, as in "gcc (Debian 12.2.0-14) 12.2.0", else its last that begins with a digit ("12-win32").
std::string version_in(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    std::string_view last;
    while (!text.empty()) {
        text.remove_prefix(std::min(text.find_first_not_of(" ()"), text.size()));
        const std::string_view word = text.substr(0, text.find_first_of(" ()"));
        text.remove_prefix(word.size());
        if (word.find_first_of("0123456789") != 0) continue;
        const std::string_view number = word.substr(0, word.find_first_not_of("0123456789."));
        if (number.find('.') != std::string_view::npos) return std::string{number};
        last = word;
    }
    return std::string{last};
}

// g++ for gcc, clang++ for clang, c++ for cc; empty where a program has no such sibling.
std::string sibling_name(const std::string& name) {
    const auto ends = [&](std::string_view end) { return name.ends_with(end); };
    if (ends("gcc")) return name.substr(0, name.size() - 3) + "g++";
    if (ends("clang")) return name + "++";
    if (ends("cc")) return name.substr(0, name.size() - 2) + "c++";
    return {};
}

class Finder {
public:
    Finder(const CompilerNeed& need, const CompilerPlaces& places)
        : need_{need},
          places_{places},
          path_{std::string{places.environment.get("PATH").value_or("")}} {}

    CCompiler require() {
        if (need_.settings.compiler) return named(*need_.settings.compiler);
        for (const CompilerKind kind : fitting_kinds())
            if (auto compiler = find(kind)) return std::move(*compiler);
        throw Error{base::format("there is no C compiler for {}", need_.target.str()),
                    hint_for_target(need_, places_.host), ExitCode::missing_dependency};
    }

private:
    CCompiler named(const std::string& name) {
        for (const CompilerKind kind : kinds) {
            if (kind == CompilerKind::command || name_of(kind) != name) continue;
            if (auto compiler = find(kind)) return std::move(*compiler);
            throw Error{base::format("there is no {} for {}", name, need_.target.str()),
                        hint_for_kind(kind, need_, places_.host), ExitCode::missing_dependency};
        }
        const auto words = split_words(name);
        if (!words.empty())
            if (auto compiler = from_program(CompilerKind::command, words[0], {})) {
                for (auto* command : {&compiler->c, &compiler->cxx})
                    if (!command->empty())
                        command->insert(command->end(), words.begin() + 1, words.end());
                return std::move(*compiler);
            }
        throw Error{base::format("there is no C compiler {}", base::printable(name)),
                    "zig, mingw, gcc, clang and musl are known by name; else give a command",
                    ExitCode::missing_dependency};
    }

    // What is tried where no compiler was named, best first.
    std::vector<CompilerKind> fitting_kinds() const {
        using enum CompilerKind;
        const CSettings& settings = need_.settings;
        const std::string& os = need_.target.platform.os;
        if (os == "windows")
            return settings.crt == Crt::ucrt ? std::vector{mingw, zig}
                   : settings.crt            ? std::vector{mingw}
                                             : std::vector{mingw, zig};
        if (os == "darwin") return {clang, zig};
        if (os != "linux") return {is_host() ? gcc : zig, clang, zig};
        if (settings.musl.value_or(false)) return {musl, zig};
        if (settings.is_static.value_or(false)) return {musl, zig, gcc};
        if (settings.glibc) return {zig};
        return is_host() ? std::vector{gcc, clang, zig} : std::vector{gcc, zig};
    }

    bool is_host() const { return need_.target.platform == places_.host; }
    bool is_darwin() const { return need_.target.platform.os == "darwin"; }

    std::optional<CCompiler> find(CompilerKind kind) {
        switch (kind) {
            case CompilerKind::zig:
                return find_zig_compiler();
            case CompilerKind::mingw:
                return find_mingw();
            case CompilerKind::gcc:
                return find_gcc();
            case CompilerKind::clang:
                return find_clang();
            case CompilerKind::musl:
                return find_musl();
            case CompilerKind::command:
                break;
        }
        return std::nullopt;
    }

    std::optional<CCompiler> find_zig_compiler() {
        const std::string triple = zig_triple(need_.target, need_.settings);
        if (triple.empty()) return std::nullopt;
        const auto zig = find_zig(places_);
        if (!zig) return std::nullopt;
        if (is_darwin()) refuse_old_for_darwin(*zig);
        const std::string program = zig->program.native();
        return CCompiler{.kind = CompilerKind::zig,
                         .version = zig->version,
                         .triple = triple,
                         .program = zig->program,
                         .c = {program, "cc", "-target", triple},
                         .cxx = {program, "c++", "-target", triple},
                         .archiver = {program, "ar"},
                         .sdk = need_.settings.sdk.value_or("")};
    }

    // zig's own linker for Mach-O could not link Go's objects before, nor could it those of older
    // releases of Go.
    void refuse_old_for_darwin(const Zig& zig) const {
        if (compare_dotted(zig.version, "0.14.1") < 0)
            throw Error{base::format("zig {} cannot link Go programs for macOS", zig.version),
                        "zig 0.14.1 and later can: pip install ziglang", ExitCode::usage};
        if (need_.go_version < toolchain::GoVersion::require("1.21"))
            throw Error{
                base::format("zig cannot link programs of {} for macOS", need_.go_version.name()),
                "it can those of Go 1.21 and later", ExitCode::usage};
    }

    std::optional<CCompiler> find_mingw() {
        if (need_.target.platform.os != "windows") return std::nullopt;
        const std::string triple = gnu_triple(need_.target);
        if (triple.empty()) return std::nullopt;
        const bool wants_ucrt = need_.settings.crt == Crt::ucrt;
        return from_program(CompilerKind::mingw, triple + (wants_ucrt ? "ucrt-gcc" : "-gcc"),
                            triple);
    }

    std::optional<CCompiler> find_gcc() {
        if (is_host()) return from_program(CompilerKind::gcc, "gcc", gnu_triple(need_.target));
        const std::string triple = gnu_triple(need_.target);
        if (triple.empty() || need_.target.platform.os != "linux") return std::nullopt;
        return from_program(CompilerKind::gcc, triple + "-gcc", triple);
    }

    std::optional<CCompiler> find_clang() {
        if (is_darwin()) return find_apple_clang();
        const std::string triple = gnu_triple(need_.target);
        if (triple.empty()) return std::nullopt;
        auto compiler = from_program(CompilerKind::clang, "clang", triple);
        if (compiler && !is_host())
            for (auto* command : {&compiler->c, &compiler->cxx})
                if (!command->empty()) command->push_back("--target=" + triple);
        return compiler;
    }

    std::optional<CCompiler> find_apple_clang() {
        if (places_.host.os != "darwin") return std::nullopt;
        const auto xcode = find_xcode(places_);
        if (!xcode) return std::nullopt;
        const bool is_arm = need_.target.platform.arch == "arm64";
        auto compiler = from_program(CompilerKind::clang, xcode->clang.native(),
                                     is_arm ? "arm64-apple-macos" : "x86_64-apple-macos");
        if (!compiler) return std::nullopt;
        compiler->sdk = need_.settings.sdk.value_or(xcode->sdk.native());
        for (auto* command : {&compiler->c, &compiler->cxx})
            if (!command->empty())
                command->insert(
                    command->end(),
                    {"-arch", is_arm ? "arm64" : "x86_64", "-isysroot", compiler->sdk.native(),
                     "-mmacosx-version-min=" + need_.settings.macos_min.value_or("")});
        return compiler;
    }

    std::optional<CCompiler> find_musl() {
        const std::string triple = musl_triple(need_.target);
        if (triple.empty()) return std::nullopt;
        if (auto cross = from_program(CompilerKind::musl, triple + "-gcc", triple)) return cross;
        // The wrapper of Debian and others around the system's gcc; it has no C++.
        if (need_.target.platform.arch != places_.host.arch) return std::nullopt;
        return from_program(CompilerKind::musl, "musl-gcc", triple);
    }

    // The compiler whose program is `name`, a path or to be found on PATH.
    std::optional<CCompiler> from_program(CompilerKind kind, const std::string& name,
                                          std::string triple) {
        const std::string program = base::find_program(name, path_);
        std::error_code ignored;
        // Not from a directory that PATH names relatively: that would be the project's.
        if (!program.starts_with('/') || !fs::exists(program, ignored)) return std::nullopt;
        const base::ProcessResult said = base::run({.arguments = {program, "--version"},
                                                    .environment = places_.environment,
                                                    .directory = "/",
                                                    .limit = std::chrono::seconds{30}});
        CCompiler compiler{.kind = kind,
                           .version = version_in(said.output),
                           .triple = std::move(triple),
                           .program = program,
                           .c = {program}};
        const std::string sibling = sibling_name(program);
        // mingw's other g++ has no threads.
        for (const std::string& cxx : {sibling + "-posix", sibling})
            if (compiler.cxx.empty() && !sibling.empty() && fs::exists(cxx, ignored))
                compiler.cxx = {cxx};
        return compiler;
    }

    const CompilerNeed& need_;
    const CompilerPlaces& places_;
    std::string path_;
};

void check_settings(const CompilerNeed& need) {
    const CSettings& settings = need.settings;
    if (settings.glibc && (settings.musl.value_or(false) || settings.is_static.value_or(false)))
        throw Error{
            base::format("{}: a floor for glibc, but programs without glibc", need.target.str()),
            "leave glibc out, or musl and static", ExitCode::usage};
}

}  // namespace

std::string CCompiler::name() const {
    const std::string what =
        kind == CompilerKind::command ? program.filename().native() : std::string{name_of(kind)};
    return version.empty() ? what : what + " " + version;
}

CCompiler require_c_compiler(const CompilerNeed& need, const CompilerPlaces& places) {
    check_settings(need);
    return Finder{need, places}.require();
}

std::string_view name_of(CompilerKind kind) noexcept {
    constexpr std::array<std::string_view, 6> names{"zig",   "mingw", "gcc",
                                                    "clang", "musl",  "command"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace gov::cross
