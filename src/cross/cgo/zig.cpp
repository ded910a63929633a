// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/zig.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "cross/cgo/compiler_store.hpp"
#include "cross/temporary_directory.hpp"

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

fs::path marker_of(const CCompiler& compiler, const CompilerPlaces& places) {
    return zig_cache(places) / "gov" / base::format("{}-{}", compiler.version, compiler.triple);
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

bool is_warm(const CCompiler& compiler, const CompilerPlaces& places) {
    std::error_code ignored;
    return fs::exists(marker_of(compiler, places), ignored);
}

void warm(const CCompiler& compiler, const fs::path& command, const CompilerPlaces& places,
          const std::function<void(std::string)>& tell) {
    if (is_warm(compiler, places)) return;
    const fs::path marker = marker_of(compiler, places);
    base::make_private_directory(marker.parent_path());
    const auto lock =
        base::FileLock::wait_for(marker.parent_path() / "lock", std::chrono::hours{1},
                                 [&] { tell("waiting until zig has built another C library"); });
    if (is_warm(compiler, places)) return;
    tell(base::format("zig {} builds its C library for {}, once, which may take minutes",
                      compiler.version, compiler.triple));
    const TemporaryDirectory folder{"zig"};
    const fs::path source = folder.path() / "main.c";
    base::write_file_atomically(source,
                                "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n");
    const base::ProcessResult result = base::run(
        {.arguments = {command.native(), source.native(), "-o", (folder.path() / "main").native()},
         .environment = places.environment,
         .directory = folder.path(),
         .limit = std::chrono::minutes{30}});
    if (result.status != 0)
        throw base::Error{base::format("zig {} cannot compile a program for {}: {}",
                                       compiler.version, compiler.triple, result.errors),
                          "gov cross doctor shows what compiles here"};
    base::write_file_atomically(marker, {});
}

}  // namespace gov::cross
