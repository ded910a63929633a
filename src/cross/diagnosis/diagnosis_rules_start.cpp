// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

namespace {

// What programs say that were built and do not start, and the systems and emulators they run on.
constexpr std::array rules{
    DiagnosisRule{
        .id = "cgo-dropped",
        .patterns = {"Binary was compiled with 'CGO_ENABLED=0'",
                     "which a build without cgo leaves out"},
        .meaning = "a package has C code, which a build without cgo leaves out: it compiled, and "
                   "what it has instead fails when it runs",
        .remedy = "cgo = \"on\" with a C compiler for the target; where the stub is meant, leave "
                  "it so and the warning says nothing wrong"},
    DiagnosisRule{
        .id = "glibc-too-new",
        .patterns = {"version `GLIBC_{version}' not found",
                     "version `GLIBCXX_{version}' not found"},
        .meaning = "the program was linked with a newer C library than this machine has",
        .remedy = "build without cgo, with an old floor (--glibc 2.17 with cc = \"zig\") or with "
                  "musl; glibc_max in [cross.verify] refuses such artifacts"},
    DiagnosisRule{
        .id = "uuid-missing",
        .patterns = {"missing LC_UUID load command"},
        .meaning = "macOS 26 does not start programs without LC_UUID, which Go before 1.24 does "
                   "not write",
        .remedy = "gov cross build puts it in; gov cross verify tells whether it is there"},
    DiagnosisRule{
        .id = "wine32-missing",
        .patterns = {"it looks like wine32 is missing"},
        .meaning = "this Wine has its 64-bit half only: 32-bit programs do not run, and exit with "
                   "0 without a word when WINEDEBUG=-all is set",
        .remedy = "install wine32; gov cross doctor windows/386 proves that it runs programs"},
    DiagnosisRule{
        .id = "wine-too-old",
        .patterns = {"bcryptprimitives.dll not found", "ProcessPrng not found"},
        .meaning = "Go 1.21 and later take random numbers from bcryptprimitives.dll, which Wine "
                   "before 9 and Windows before 8 do not have",
        .remedy = "gov cross test and gov cross run put one into their own Wine prefix; on real "
                  "Windows it takes Windows 10"},
    DiagnosisRule{
        .id = "qemu-libraries",
        .patterns = {"Could not open '/lib/ld-{loader}'", "Could not open '/lib64/ld-{loader}'"},
        .meaning = "the emulator has no C library of the target",
        .remedy = "qemu-aarch64 -L /usr/aarch64-linux-gnu (Debian: libc6-arm64-cross), or link "
                  "statically"},
    DiagnosisRule{
        .id = "exec-format",
        .patterns = {"exec format error", "cannot execute binary file"},
        .meaning = "this machine cannot run a program of that target by itself",
        .remedy = "gov cross run and gov cross test do it through an emulator; gov cross doctor "
                  "tells which is here"},
    DiagnosisRule{
        .id = "unaligned-atomic",
        .patterns = {"unaligned 64-bit atomic operation"},
        .meaning = "32-bit processors need 64-bit atomic values at addresses that 8 divides",
        .remedy = "use atomic.Int64 and the like, which see to it; or put the field first"},
    DiagnosisRule{.id = "cacheprog-died",
                  .patterns = {"GOCACHEPROG exited pre-Close", "GOCACHEPROG program {program}: "},
                  .meaning = "the program that serves Go's build cache ended, and go gives up then",
                  .remedy = "build without GOCACHEPROG, and look what the program says by itself"},
    DiagnosisRule{
        .id = "wasm-exec",
        .patterns = {"wasm_exec.js'", "wasm_exec_node.js'"},
        .meaning = "releases before Go 1.24 have the scripts that run js/wasm in misc/, which is "
                   "not part of the toolchain module",
        .remedy = "gov install --full keeps misc; from Go 1.24 on they are in lib/wasm"},
};

}  // namespace

std::span<const DiagnosisRule> start_rules() {
    return rules;
}

}  // namespace gov::cross
