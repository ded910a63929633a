// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

namespace {

// Lines of scripts and answers in circulation that do not do what they are copied for, and what
// prints when they are tried.
constexpr std::array rules{
    DiagnosisRule{
        .id = "mingw-m32",
        .patterns = {"ldscripts/i386pe.x", "x86_64-w64-mingw32-gcc -m32",
                     "x86_64-w64-mingw32-g++ -m32", "x86_64-w64-mingw32-gcc\" -m32",
                     "is incompatible with i386 output"},
        .meaning = "x86_64-w64-mingw32-gcc links 64-bit programs only: -m32 changes what it "
                   "compiles to, but its linker scripts and libraries stay those of 64 bits",
        .remedy = "windows/386 has a compiler of its own: cc = \"i686-w64-mingw32-gcc\" in "
                  "[cross.target.\"windows/386\"] (Debian's package gcc-mingw-w64-i686), without "
                  "-m32"},
    DiagnosisRule{
        .id = "cc-for-target",
        .patterns = {"CC_FOR_TARGET", "CXX_FOR_TARGET", "CC_FOR_"},
        .meaning = "CC_FOR_TARGET and CC_FOR_GOOS_GOARCH are read while Go itself is built "
                   "(make.bash) and become its defaults; go build does not read them",
        .remedy = "with plain go set CC and CGO_ENABLED=1 for the build; with gov write cc = "
                  "\"...\" in the target's table, as in [cross.target.\"linux/arm64\"]"},
    DiagnosisRule{
        .id = "cache-url",
        .patterns = {"GOCACHE is not an absolute path", "GOCACHE=http://", "GOCACHE=https://",
                     "GOCACHE=\"http", "GOCACHE='http", "GOCACHE: http"},
        .meaning = "GOCACHE names a directory of this machine: go has no cache over HTTP there",
        .remedy = "leave GOCACHE alone; a shared cache is a program that go talks to "
                  "(GOCACHEPROG, Go 1.24 and later), and gov(1) tells how gov uses one"},
    DiagnosisRule{.id = "experiment-cacheprog",
                  .patterns = {"GOEXPERIMENT=cacheprog", "GOEXPERIMENT=\"cacheprog",
                               "GOEXPERIMENT: cacheprog"},
                  .meaning =
                      "this experiment is compiled into the go command: set for a build it changes "
                      "nothing, and GOCACHEPROG is not asked, without a word about it",
                  .remedy = "pin Go 1.24 or later, where GOCACHEPROG needs no experiment"},
    DiagnosisRule{
        .id = "experiment-mixed",
        .patterns = {"does not match go tool version"},
        .meaning = "the go command and its compiler come from two builds: one of them was built "
                   "with GOEXPERIMENT, or belongs to another release",
        .remedy = "GOEXPERIMENT is for building programs, not for building a part of a toolchain "
                  "anew; look whether the toolchain is whole with: gov verify"},
    DiagnosisRule{
        .id = "experiment-unknown",
        .patterns = {"unknown GOEXPERIMENT {experiment}"},
        .meaning = "this release has no experiment {experiment}: they come and go from release to "
                   "release",
        .remedy = "take it away, or pin a release that has it; those of a release stand in "
                  "src/internal/goexperiment/flags.go of its GOROOT"},
    DiagnosisRule{
        .id = "cc-msvc",
        .patterns = {"C compiler \"cl.exe\"", "C compiler \"cl\"", "cl : Command line",
                     "Microsoft (R) C/C++ Optimizing Compiler", "CC=cl.exe", "CC=cl "},
        .meaning = "cgo speaks to gcc and clang alone: Microsoft's cl.exe has other options and "
                   "debug information that cgo cannot read",
        .remedy = "take cc = \"mingw\" or cc = \"zig\" for windows; what only exists as a DLL can "
                  "be linked through its C interface, or loaded with syscall.NewLazyDLL"},
    DiagnosisRule{
        .id = "msvc-objects",
        .patterns = {"corrupt .drectve", "__security_cookie", "__security_check_cookie",
                     "__GSHandlerCheck", "_CxxThrowException", "_RTC_CheckStackVars",
                     "defaultlib:LIBCMT"},
        .meaning = "a static library or object was made by Microsoft's compiler: it needs "
                   "Microsoft's run-time library, which MinGW and zig do not have",
        .remedy = "build that library with the compiler that links the program, or link its DLL, "
                  "whose C functions both can call"},
};

}  // namespace

std::span<const DiagnosisRule> recipe_rules() {
    return rules;
}

}  // namespace gov::cross
