// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/zig.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "cross/cgo/compiler_store.hpp"
#include "cross/temporary_directory.hpp"

#include <algorithm>
#include <string_view>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// Where Python has the package; in "/", since Python would also look where it stands.
fs::path zig_of_python(const CompilerPlaces& places) {
    const std::string python =
        base::find_program("python3", places.environment.get("PATH").value_or(""));
    if (!python.starts_with('/')) return {};
    constexpr const char* question =
        "import importlib.util as u; s = u.find_spec('ziglang'); "
        "print(s.submodule_search_locations[0] if s else '', end='')";
    const base::ProcessResult result = base::run({.arguments = {python, "-c", question},
                                                  .environment = places.environment,
                                                  .directory = "/",
                                                  .limit = std::chrono::seconds{30}});
    if (result.status != 0 || !result.output.starts_with('/')) return {};
    return fs::path{result.output} / "zig";
}

std::optional<Zig> asked(const fs::path& program, const CompilerPlaces& places) {
    std::error_code ignored;
    if (!program.is_absolute() || !fs::exists(program, ignored)) return std::nullopt;
    const base::ProcessResult result = base::run({.arguments = {program.native(), "version"},
                                                  .environment = places.environment,
                                                  .directory = "/",
                                                  .limit = std::chrono::seconds{30}});
    std::string version = result.output.substr(0, result.output.find_first_of(" \n"));
    if (result.status != 0 || version.empty()) return std::nullopt;
    return Zig{program, std::move(version)};
}

// What zig is to compile, and where it is noted that it has.
struct Warming {
    std::string_view library;
    std::string_view variable;  // with the command, of CToolchain
    std::string_view file;
    std::string_view source;
    std::string_view mark;  // after the marker's name
};

constexpr Warming of_c{"C library", "CC", "main.c",
                       "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n", ""};
// With streams, threads and exceptions come libc++, its ABI and what unwinds.
constexpr Warming of_cxx{"C++ library", "CXX", "main.cc",
                         "#include <iostream>\n#include <stdexcept>\n#include <thread>\n"
                         "int main() {\n"
                         "    std::thread{[] {}}.join();\n"
                         "    try { throw std::runtime_error(\"\"); }\n"
                         "    catch (const std::exception &e) { std::cout << e.what(); }\n"
                         "}\n",
                         "-c++"};

const Warming& warming_of(CLanguage language) {
    return language == CLanguage::cxx ? of_cxx : of_c;
}

fs::path marker_of(const CCompiler& compiler, const Warming& warming,
                   const CompilerPlaces& places) {
    return zig_cache(places) / "gov" /
           base::format("{}-{}{}", compiler.version, compiler.triple, warming.mark);
}

fs::path command_of(const CToolchain& toolchain, std::string_view variable) {
    const auto found = std::ranges::find(toolchain.variables, variable,
                                         &std::pair<std::string, std::string>::first);
    return found == toolchain.variables.end() ? fs::path{} : toolchain.folder / found->second;
}

}  // namespace

std::optional<Zig> find_zig(const CompilerPlaces& places) {
    if (const auto installed = newest_installed_zig(places.installed))
        return Zig{installed->program, installed->version};
    if (auto zig =
            asked(base::find_program("zig", places.environment.get("PATH").value_or("")), places))
        return zig;
    return asked(zig_of_python(places), places);
}

fs::path zig_cache(const CompilerPlaces& places) {
    if (const auto own = places.environment.non_empty("ZIG_GLOBAL_CACHE_DIR");
        own && own->starts_with('/'))
        return *own;
    return places.cache / "zig";
}

bool is_warm(const CCompiler& compiler, CLanguage language, const CompilerPlaces& places) {
    std::error_code ignored;
    return fs::exists(marker_of(compiler, warming_of(language), places), ignored);
}

void warm(const CToolchain& toolchain, CLanguage language, const CompilerPlaces& places,
          const std::function<void(std::string)>& tell) {
    const CCompiler& compiler = toolchain.compiler;
    if (is_warm(compiler, language, places)) return;
    const Warming& warming = warming_of(language);
    const fs::path marker = marker_of(compiler, warming, places);
    base::make_private_directory(marker.parent_path());
    const auto lock =
        base::FileLock::wait_for(marker.parent_path() / "lock", std::chrono::hours{1},
                                 [&] { tell("waiting until zig has built another C library"); });
    if (is_warm(compiler, language, places)) return;
    tell(base::format("zig {} builds its {} for {}, once, which may take minutes", compiler.version,
                      warming.library, compiler.triple));
    const TemporaryDirectory folder{"zig"};
    const fs::path source = folder.path() / warming.file;
    base::write_file_atomically(source, warming.source);
    const base::ProcessResult result =
        base::run({.arguments = {command_of(toolchain, warming.variable).native(), source.native(),
                                 "-o", (folder.path() / "main").native()},
                   .environment = places.environment,
                   .directory = folder.path(),
                   .limit = std::chrono::minutes{30}});
    if (result.status != 0)
        throw base::Error{base::format("zig {} cannot compile a program for {}: {}",
                                       compiler.version, compiler.triple, result.errors),
                          "gov cross doctor shows what compiles here"};
    base::write_file_atomically(marker_of(compiler, of_c, places), {});
    base::write_file_atomically(marker, {});
}

}  // namespace gov::cross
