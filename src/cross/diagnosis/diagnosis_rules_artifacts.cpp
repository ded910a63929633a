// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

namespace {

constexpr std::string_view not_as_asked =
    "an artifact is not what was asked for: another toolchain, setting or file got in";
constexpr std::string_view look_inside =
    "gov cross inspect shows what is in it, gov cross plan what go was told";

// The rules of verify() and check_policy(), which have no message to be known by.
constexpr std::array rules{
    DiagnosisRule{.id = "read",
                  .meaning = "the file is cut or damaged: a length or an offset leads out of it",
                  .remedy = "build it, or fetch it, anew; the message names the offset"},
    DiagnosisRule{.id = "format", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "machine", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "os", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "kind",
                  .meaning = "it is a library or an object, where a program was expected",
                  .remedy = "build a package main, with no -buildmode or exe or pie"},
    DiagnosisRule{.id = "build-info",
                  .meaning = "it has no build information, without which nothing proves its origin",
                  .remedy = "a packer such as UPX takes it away, and so did Go before 1.13; verify "
                            "before packing"},
    DiagnosisRule{.id = "go-version",
                  .meaning = "another release built it than the one that is pinned",
                  .remedy = "a go of its own or a wrapper stood in the way; gov verify tells "
                            "whether the toolchain is whole"},
    DiagnosisRule{.id = "package", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "target", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "cgo",
                  .meaning = "it was built with cgo where none was wanted, or the other way round",
                  .remedy = "cgo in [cross] or the target's table says which"},
    DiagnosisRule{.id = "trimpath",
                  .meaning = "without -trimpath it holds the paths of the machine that built it, "
                             "and is not the same elsewhere",
                  .remedy = "build it with gov cross build, or go build -trimpath"},
    DiagnosisRule{.id = "settings", .meaning = not_as_asked, .remedy = look_inside},
    DiagnosisRule{.id = "signature",
                  .meaning = "a page of the program does not have the hash that its signature "
                             "names, or it has none: macOS ends such a program at once",
                  .remedy = "whatever changed it after linking has to sign it anew: codesign -s - "
                            "FILE"},
    DiagnosisRule{.id = "uuid",
                  .meaning = "macOS 26 does not start programs without LC_UUID, which Go before "
                             "1.24 does not write",
                  .remedy = "gov cross build puts it in; or pin Go 1.24 or later"},
    DiagnosisRule{.id = "dylib",
                  .meaning = "it needs a library that is no part of macOS, so that it starts only "
                             "where someone installed that",
                  .remedy = "link that library statically, or ship it beside the program"},
    DiagnosisRule{.id = "minimum-os",
                  .meaning = "it asks for a newer macOS than is allowed, or promises one on which "
                             "its release does not run",
                  .remedy = "MACOSX_DEPLOYMENT_TARGET for the C compiler, or macos_max in "
                            "[cross.verify]"},
    DiagnosisRule{.id = "executable-stack",
                  .meaning = "its stack can be executed: an object without .note.GNU-stack, as "
                             "hand-written assembly has it, turns that on for all",
                  .remedy = "add .section .note.GNU-stack,\"\",%progbits to that file"},
    DiagnosisRule{.id = "glibc",
                  .meaning = "it needs a newer C library than the policy allows",
                  .remedy = "build without cgo, or with an old floor: --glibc 2.17 with zig"},
    DiagnosisRule{.id = "static",
                  .meaning = "it needs a loader or a library of the target system, where it should "
                             "not, or the other way round",
                  .remedy = "without cgo, or with musl, programs are static"},
    DiagnosisRule{.id = "dll",
                  .meaning = "it imports a DLL that the policy does not name",
                  .remedy = "libgcc and libstdc++ go away with -extldflags=-static; else name it "
                            "in dlls of [cross.verify]"},
    DiagnosisRule{.id = "subsystem",
                  .meaning = "it is a console program where a window was wanted, or the other way "
                             "round",
                  .remedy = "ldflags = [\"-H=windowsgui\"] makes a program without a console"},
    DiagnosisRule{.id = "no-debug-info",
                  .meaning = "it holds debug information",
                  .remedy = "--ldflags '-s -w'; C libraries may need -extldflags=-s as well"},
    DiagnosisRule{.id = "size",
                  .meaning = "it is larger than allowed",
                  .remedy = "go version -m tells its modules, gov cross diff what grew"},
    DiagnosisRule{.id = "revision",
                  .meaning = "it was not built from the commit that was asked for, or does not say",
                  .remedy = "build from a clean checkout of it, with git on PATH"},
    DiagnosisRule{.id = "modified",
                  .meaning = "files that are not committed were there when it was built",
                  .remedy = "git status names them; generated files belong into .gitignore"},
    DiagnosisRule{
        .id = "time-stamp",
        .meaning = "its header has a time stamp, so that no two builds are the same",
        .remedy = "gov cross build sets it to 0; GNU strip on Windows programs writes one"},
    DiagnosisRule{.id = "builder-path",
                  .meaning = "it names a directory of the machine that built it",
                  .remedy = "-trimpath for Go; for C -ffile-prefix-map, or -extldflags=-s"},
    DiagnosisRule{.id = "windows-version",
                  .meaning = "its header promises an older Windows than its release runs on",
                  .remedy = "Go 1.21 and later need Windows 10; say so to those who get it"},
};

}  // namespace

std::span<const DiagnosisRule> artifact_rules() {
    return rules;
}

}  // namespace gov::cross
