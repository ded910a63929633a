// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

namespace {

// What C compilers, linkers and pkg-config say, and go of them.
constexpr std::array rules{
    DiagnosisRule{.id = "cxx-missing",
                  .patterns = {"exec: \"{compiler}++\": executable file not found",
                               "exec: \"{compiler}++-posix\": executable file not found"},
                  .meaning = "a package has C++ code, and there is no {compiler}++ on PATH",
                  .remedy = "install the C++ half of the compiler (Debian: g++-mingw-w64-i686, "
                            "g++-aarch64-linux-gnu), or take cc = \"zig\", which has both"},
    DiagnosisRule{
        .id = "cc-quoting",
        .patterns = {"C compiler \"{compiler}\" not found: exec: \"{compiler}\": stat "},
        .meaning = "CC was cut at a blank, and {compiler} is its first part",
        .remedy = "quote the path inside: CC=\"'/my tools/cc' -O1\"; gov's cc takes a path as it "
                  "is"},
    DiagnosisRule{
        .id = "cc-missing",
        .patterns = {"C compiler \"{compiler}\" not found",
                     "cgo: exec {compiler}: executable file not found"},
        .meaning = "the C compiler {compiler} is not on PATH",
        .remedy = "gov cross doctor tells which compilers are here for the target and how to get "
                  "one; zig alone serves all of them: gov cross cc install zig"},
    DiagnosisRule{
        .id = "cc-host",
        .patterns = {"unrecognized command-line option '-m{option}'",
                     "Error: no such instruction: ",
                     "argument unused during compilation: '-arch {arch}'",
                     "bits/libc-header-start.h", "unknown target CPU",
                     "bad value ('{cpu}') for '-m"},
        .meaning = "the C compiler that was used makes programs for another machine; most often "
                   "it is this machine's own",
        .remedy = "name one for the target: cc = \"zig\", \"mingw\" (windows) or \"gcc\" (linux) "
                  "in its table; gov cross doctor tells what is here"},
    DiagnosisRule{.id = "cc-sysroot",
                  .patterns = {"'sys/signalvar.h' file not found", "sys/signalvar.h: No such file"},
                  .meaning = "the compiler has no headers of the target's system",
                  .remedy =
                      "give it a copy of that system's /usr/include and /usr/lib: cc = \"clang "
                      "--target=... --sysroot=DIR\"; or build without cgo"},
    DiagnosisRule{.id = "darwin-strip",
                  .patterns = {"running strip failed", "running dsymutil failed"},
                  .meaning = "Go's linker asked for the compiler's strip or dsymutil and got this "
                             "machine's, which cannot read macOS programs",
                  .remedy =
                      "link without debug information (--ldflags '-s -w'), or let gov choose the "
                      "compiler (cc = \"zig\"): it answers that question itself"},
    DiagnosisRule{
        .id = "darwin-old-zig",
        .patterns = {"covctrs not attached", "unsupported linker arg: -x", ": bad relocation"},
        .meaning = "this zig cannot link what this release of Go writes for macOS",
        .remedy = "zig 0.14.1 or later, with Go 1.21 or later"},
    DiagnosisRule{.id = "zig-linker-flag",
                  .patterns = {"unsupported linker arg: {flag}"},
                  .meaning = "zig's linker has no {flag}",
                  .remedy = "take it out of -extldflags and #cgo LDFLAGS for this target"},
    DiagnosisRule{
        .id = "darwin-sdk",
        .patterns = {"unable to find system framework \"{framework}\"",
                     "'{framework}/{framework}.h' file not found",
                     "unable to find dynamic system library \"resolv\"",
                     "'resolv.h' file not found", "framework not found {framework}",
                     "-fdefine_target_os_macros"},
        .meaning = "a part of macOS is missing: Go's own needs can be met by stubs made from its "
                   "source, which cc = \"zig\" does, but Apple's headers come with their SDK alone",
        .remedy = "cc = \"zig\" and, where the program uses Apple's headers, sdk = "
                  "\".../MacOSX.sdk\" in [cross.target.\"darwin/*\"]"},
    DiagnosisRule{
        .id = "darwin-linkmode",
        .patterns = {"internal linking requested but external linking required"},
        .meaning = "-linkmode=internal was asked for, and Go's linker cannot take in C objects of "
                   "this target by itself",
        .remedy = "leave -linkmode out: go chooses the C linker where it has to"},
    DiagnosisRule{
        .id = "cxx-threads",
        .patterns = {"no matching function for call to 'std::thread"},
        .meaning = "this MinGW was built with Windows' own threads, for which its C++ library has "
                   "no std::thread",
        .remedy = "take the POSIX one (i686-w64-mingw32-g++-posix), linked statically: ldflags = "
                  "[\"-extldflags=-static\"]"},
    DiagnosisRule{
        .id = "cc-wrong-arch",
        .patterns = {"skipping incompatible {file}", "file format not recognized",
                     "Relocations in generic ELF", "file in wrong format",
                     "is incompatible with {format} output", "incompatible target",
                     "as ELF, Mach-O, PE, XCOFF object"},
        .meaning = "objects or libraries of another machine reached the linker",
        .remedy = "compiler, -L folders and #cgo LDFLAGS must all be for the target; for windows "
                  "they are i686-w64-mingw32 (386) and x86_64-w64-mingw32 (amd64)"},
    DiagnosisRule{
        .id = "pkgconfig",
        .patterns = {"Package {package} was not found in the pkg-config search path",
                     "Package '{package}', required by", "No package '{package}' found",
                     "exec: \"pkg-config\": executable file not found"},
        .meaning = "pkg-config has no description of a library for this target; this machine's "
                   "own do not count, since they name its own headers and libraries",
        .remedy = "PKG_CONFIG_LIBDIR, in the env of the target's table, names the folder with the "
                  "target's .pc files"},
    DiagnosisRule{
        .id = "lib",
        .patterns = {"cannot find -l{library}: ", "cannot find -l{library}",
                     "unable to find dynamic system library \"{library}\"",
                     "unable to find library -l{library}", "library not found for -l{library}"},
        .meaning = "the C library {library} is not there for the target",
        .remedy = "install its development package for the target's machine, or name its folder: "
                  "-L in CGO_LDFLAGS of the target's env; git grep '#cgo.*-l{library}' finds who "
                  "asks for it"},
    DiagnosisRule{
        .id = "header",
        .patterns = {"fatal error: {header}: No such file or directory",
                     "fatal error: '{header}' file not found"},
        .meaning = "the C header {header} is not there for the target",
        .remedy = "install its development package for the target's machine, or name its folder: "
                  "-I in CGO_CFLAGS of the target's env"},
    DiagnosisRule{
        .id = "flag",
        .patterns = {"invalid flag in #cgo {variable}: {flag}",
                     "invalid flag in pkg-config --{variable}: {flag}"},
        .meaning = "go lets only known flags through from packages, and {flag} is none of them",
        .remedy = "if you know what it does: CGO_{variable}_ALLOW='regular expression' in env"},
    DiagnosisRule{
        .id = "static-glibc",
        .patterns = {"Using '{function}' in statically linked applications"},
        .meaning = "{function} loads parts of glibc when it runs, so that a program that is "
                   "linked statically needs the very glibc it was built with",
        .remedy = "tags = [\"netgo\", \"osusergo\"] take Go's own resolver; or link with musl: "
                  "cc = \"musl\""},
};

}  // namespace

std::span<const DiagnosisRule> compiler_rules() {
    return rules;
}

}  // namespace gov::cross
