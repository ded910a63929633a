// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_toolchain.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "cross/artifact/dotted_version.hpp"
#include "cross/cgo/c_target.hpp"
#include "cross/cgo/macos_stubs.hpp"
#include "cross/cgo/made_folder.hpp"
#include "cross/cgo/zig.hpp"
#include "cross/linker_flags.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// In single quotes for sh.
std::string sh_word(std::string_view word) {
    std::string text = "'";
    for (const char letter : word)
        text += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
    return text + "'";
}

class ToolchainMaker {
public:
    ToolchainMaker(const CompilerNeed& need, const CompilerPlaces& places)
        : need_{need}, places_{places} {
        made_.compiler = require_c_compiler(need, places);
    }

    CToolchain make() {
        if (is_zig() && need_.target.platform.os == "darwin") add_macos_flags();
        add_linker_flags();
        write_commands();
        add_pkg_config();
        return std::move(made_);
    }

private:
    bool is_zig() const { return made_.compiler.kind == CompilerKind::zig; }
    bool is_host() const { return need_.target.platform == places_.host; }
    bool wants_static() const { return need_.settings.is_static.value_or(false); }

    // zig brings libSystem and the headers of C; the rest is the SDK's, or what Go itself needs.
    void add_macos_flags() {
        std::vector<std::string> flags;
        if (const fs::path& sdk = made_.compiler.sdk; !sdk.empty()) {
            if (!fs::is_directory(sdk / "usr/lib"))
                throw base::Error{
                    base::format("{} is no SDK of Apple's: it has no usr/lib", sdk.native()),
                    "give the directory MacOSX.sdk", base::ExitCode::usage};
            flags = {"-isystem", (sdk / "usr/include").native(), "-L" + (sdk / "usr/lib").native(),
                     "-F" + (sdk / "System/Library/Frameworks").native()};
            identity_ += sdk.native();
        } else {
            const fs::path stubs = make_folder(places_.cache / "macos", "stubs",
                                               macos_stubs(find_macos_imports(need_.goroot)));
            flags = {"-isystem", (stubs / "include").native(), "-L" + (stubs / "lib").native(),
                     "-F" + (stubs / "Frameworks").native()};
            identity_ += stubs.filename().native();
        }
        for (auto* command : {&made_.compiler.c, &made_.compiler.cxx})
            command->insert(command->end(), flags.begin(), flags.end());
    }

    void add_linker_flags() {
        const std::string& os = need_.target.platform.os;
        const CompilerKind kind = made_.compiler.kind;
        if (os == "linux") {
            const bool is_musl = kind == CompilerKind::musl || need_.settings.musl.value_or(false);
            // Go's own linker would take glibc's loader, and cannot link a C library statically.
            if (is_musl || wants_static()) made_.linker_flags = {"-linkmode=external"};
            if (wants_static()) {
                made_.external_flags = {"-static"};
                // glibc looks names up through libraries that it opens.
                if (!is_musl && !is_zig()) made_.tags = {"netgo", "osusergo"};
            }
            // Of zig's start-up code, else with the paths of this machine.
            if (is_zig()) made_.external_flags.emplace_back("-s");
        }
        // libgcc and libstdc++ are on no Windows machine.
        if (kind == CompilerKind::mingw) made_.external_flags = {"-static"};
        // Go would call the system's strip and dsymutil, which know no Mach-O.
        if (os == "darwin" && places_.host.os != "darwin") made_.linker_flags = {"-w"};
    }

    std::string script(const std::vector<std::string>& command) const {
        std::string text = "#!/bin/sh\n# Made by gov: a compiler's command in one word.\n";
        if (is_zig()) {
            const std::string cache = sh_word(zig_cache(places_).native());
            text += base::format(
                "ZIG_GLOBAL_CACHE_DIR={0} ZIG_LOCAL_CACHE_DIR={0}\n"
                "export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR\n",
                cache);
        }
        text += "exec";
        for (const std::string& word : command) text += " " + sh_word(word);
        return text + " \"$@\"\n";
    }

    // What tells the compiler from others and is the same on every machine, as far as that goes.
    std::string base_name() const {
        const CCompiler& compiler = made_.compiler;
        std::string name = base::format("gov-{}", compiler.name());
        if (!compiler.triple.empty()) name += "-" + compiler.triple;
        std::string rest = identity_;
        for (std::size_t i = is_zig() ? compiler.c.size() : 1; i < compiler.c.size(); ++i)
            rest += " " + compiler.c[i];
        if (!rest.empty()) {
            const base::Digest digest = base::sha256(base::as_bytes(rest));
            name += "-" + base::to_hex({digest.data(), 4});
        }
        std::replace_if(
            name.begin(), name.end(),
            [](char letter) { return letter == ' ' || letter == '/' || letter == '\''; }, '-');
        return name;
    }

    void write_commands() {
        const CCompiler& compiler = made_.compiler;
        const std::string name = base_name();
        std::map<std::string, SmallFile> files;
        const auto add = [&](const char* variable, const char* end,
                             const std::vector<std::string>& command) {
            if (command.empty()) return;
            files.emplace(name + end, SmallFile{script(command), true});
            made_.variables.emplace_back(variable, name + end);
        };
        add("CC", "-cc", compiler.c);
        add("CXX", "-c++", compiler.cxx);
        add("AR", "-ar", compiler.archiver);
        made_.folder = make_folder(places_.cache / "cc", name, files);
    }

    // What pkg-config knows of this machine's libraries is wrong for another.
    void add_pkg_config() {
        if (is_host() && (made_.compiler.kind == CompilerKind::gcc ||
                          made_.compiler.kind == CompilerKind::clang))
            return;
        const std::string triple = gnu_triple(need_.target);
        const bool has_libraries = !triple.empty() && !is_zig() && !is_host();
        made_.variables.emplace_back(
            "PKG_CONFIG_LIBDIR",
            has_libraries ? base::format("/usr/lib/{0}/pkgconfig:/usr/{0}/lib/pkgconfig", triple)
                          : made_.folder.native());
    }

    const CompilerNeed& need_;
    const CompilerPlaces& places_;
    CToolchain made_;
    std::string identity_;  // of flags that stand in no name
};

}  // namespace

CSettings effective_settings(const CompilerNeed& need) {
    CSettings settings = need.settings;
    const std::string& os = need.target.platform.os;
    if (os != "linux") {
        settings.glibc.reset();
        settings.musl.reset();
        settings.is_static.reset();
    }
    if (os != "windows") settings.crt.reset();
    if (os == "darwin") {
        if (!settings.macos_min) settings.macos_min = std::string{macos_floor(need.go_version)};
        // There is no older macOS for these machines.
        if (need.target.platform.arch == "arm64" && compare_dotted(*settings.macos_min, "11.0") < 0)
            settings.macos_min = "11.0";
    } else {
        settings.macos_min.reset();
        settings.sdk.reset();
    }
    return settings;
}

CToolchain make_c_toolchain(const CompilerNeed& need, const CompilerPlaces& places) {
    const CompilerNeed effective{need.target, effective_settings(need), need.goroot,
                                 need.go_version};
    return ToolchainMaker{effective, places}.make();
}

void demand(const CSettings& settings, const std::string& os, Policy& policy) {
    const auto lower = [](std::string& limit, const std::optional<std::string>& wanted) {
        if (wanted && (limit.empty() || compare_dotted(*wanted, limit) < 0)) limit = *wanted;
    };
    if (os == "linux") {
        lower(policy.glibc_max, settings.glibc);
        if (settings.is_static.value_or(false)) policy.must_be_static = true;
        if (settings.musl.value_or(false)) policy.must_be_musl = true;
    }
    if (os == "darwin") lower(policy.macos_max, settings.macos_min);
    if (os == "windows" && settings.crt) policy.crt = settings.crt;
}

}  // namespace gov::cross
