// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

namespace {

// What the go command, Go's compiler and Go's linker say.
constexpr std::array rules{
    DiagnosisRule{
        .id = "go-too-old",
        .patterns = {"requires go >= {version} (running go", "note: module requires Go {version}",
                     "invalid go version '{version}': must match format"},
        .meaning = "a go.mod or go.work asks for Go {version}, and the pinned release is older",
        .remedy = "pin a newer one: gov use {version}, gov install; or lower what is asked for: "
                  "go mod edit -go=..."},
    DiagnosisRule{
        .id = "target-unknown",
        .patterns = {"unsupported GOOS/GOARCH pair {pair}"},
        .meaning = "the pinned release cannot build for {pair}: it is misspelled, newer than the "
                   "release, or gone",
        .remedy = "gov cross targets lists what it can; macOS is darwin, and 64-bit x86 is amd64"},
    DiagnosisRule{.id = "variant-unknown",
                  .patterns = {"invalid GO{setting}: must ", "unsupported setting GO386={value}"},
                  .meaning = "Go knows no such variant of the processor",
                  .remedy =
                      "gov cross targets names the setting; as targets they are linux/amd64/v3, "
                      "linux/arm/7 or windows/386/softfloat"},
    DiagnosisRule{
        .id = "race",
        .patterns = {"-race is not supported on", "-race requires cgo"},
        .meaning = "the race detector needs cgo, and exists for 64-bit ports alone",
        .remedy = "leave -race to tests on this machine; a program for others goes without"},
    DiagnosisRule{.id = "buildmode-cgo",
                  .patterns = {"requires external (cgo) linking, but cgo is not enabled",
                               "loadinternal: cannot find runtime/cgo"},
                  .meaning = "what is to be built takes a C linker, and the build is without cgo",
                  .remedy = "cgo = \"on\" in the target's table, with a C compiler for it"},
    DiagnosisRule{.id = "buildmode",
                  .patterns = {"-buildmode={mode} not supported on {pair}"},
                  .meaning = "Go has no -buildmode={mode} for {pair}",
                  .remedy = "set buildmode in the tables of those targets that have it"},
    DiagnosisRule{.id = "flag-unknown",
                  .patterns = {"flag provided but not defined: {flag}"},
                  .meaning = "this release's go has no {flag}: it is newer, or misspelled",
                  .remedy = "go help build lists what it has"},
    DiagnosisRule{.id = "modules-offline",
                  .patterns = {"module lookup disabled by GOPROXY=off", "disabled by -mod=vendor"},
                  .meaning = "a module is not on this machine, and nothing may be downloaded",
                  .remedy = "go mod download where a network is, or go mod vendor"},
    DiagnosisRule{
        .id = "checksum",
        .patterns = {"checksum mismatch", "SECURITY ERROR"},
        .meaning = "a module is not what go.sum or the checksum database says it should be",
        .remedy = "find out who changed it before anything else; a version that was tagged anew "
                  "does this, and so does a proxy that lies"},
    DiagnosisRule{.id = "go-sum",
                  .patterns = {"missing go.sum entry", "updates to go.sum needed"},
                  .meaning = "go.sum lacks a module that the program needs",
                  .remedy = "go mod tidy, and commit go.sum"},
    DiagnosisRule{
        .id = "module-missing",
        .patterns = {"no required module provides package {package}; to add it",
                     "no required module provides package {package}: go.mod",
                     "no required module provides package {package}",
                     "cannot find module providing package {package}",
                     "package {package} is not in std", "package {package} is not in GOROOT"},
        .meaning = "{package} is imported, and no module of go.mod has it",
        .remedy = "go get the module that does, or go mod tidy; without a dot in its first part a "
                  "path is the standard library's, where a newer release may have it"},
    DiagnosisRule{
        .id = "cgo-needed-excluded",
        .patterns = {"build constraints exclude all Go files in {directory}"},
        .meaning = "every file of a package is left out of this build: by its name "
                   "(_linux.go), by a //go:build line, or for import \"C\" in a build without cgo",
        .remedy = "where it needs C: cgo = \"on\"; else import it from files for its systems only"},
    DiagnosisRule{
        .id = "no-main",
        .patterns = {"no Go files in {directory}", "no non-test Go files in {directory}"},
        .meaning = "there is nothing to build in {directory}",
        .remedy = "name the directory of package main: --package ./cmd/NAME, or ./... for every "
                  "program of the module"},
    DiagnosisRule{
        .id = "vcs-owner",
        .patterns = {"error obtaining VCS status: exit status 128",
                     "detected dubious ownership in repository"},
        .meaning = "git refuses to read the repository: often it belongs to another user, as in "
                   "a container",
        .remedy = "git config --global --add safe.directory DIR, or give it to the user who "
                  "builds"},
    DiagnosisRule{
        .id = "vcs-tool",
        .patterns = {"error obtaining VCS status"},
        .meaning = "the commit could not be found out, which go writes into programs",
        .remedy = "install the version control program, and look whether it works here by itself"},
    DiagnosisRule{
        .id = "oom",
        .patterns = {"signal: killed", "cannot allocate memory", "runtime: out of memory"},
        .meaning = "the system had no memory left and ended the compiler or the linker",
        .remedy = "fewer builds at once: --jobs 1; debug information that is not written saves "
                  "much: --ldflags '-s -w'"},
    DiagnosisRule{.id = "disk-full",
                  .patterns = {"no space left on device"},
                  .meaning = "the disk is full",
                  .remedy = "go clean -cache, gov prune, or another GOCACHE"},
    DiagnosisRule{
        .id = "32bit",
        .patterns = {"as int value in {place} (overflows)", "as uint value in {place} (overflows)",
                     "as uintptr value in {place} (overflows)", "overflows int"},
        .meaning = "int has 32 bits on this target, too narrow for a value at {source}",
        .remedy = "write int64 or uint64 where the value can be that large; GOARCH=386 go build "
                  "-gcflags=-e lists every place",
        .only_32_bit = true},
    DiagnosisRule{.id = "port",
                  .patterns = {"undefined: syscall.{name}", "undefined: unix.{name}",
                               "undefined: windows.{name}"},
                  .meaning = "{source} uses {name}, which the target's system does not have",
                  .remedy =
                      "move its use into a file for the systems that have it (name_linux.go, or "
                      "//go:build unix) and write the counterpart for the others"},
    DiagnosisRule{
        .id = "cgo-undefined",
        .patterns = {": undefined: {package}.{name}"},
        .meaning = "{source} uses {package}.{name}, which no file of that package that counts "
                   "here declares: one that does may be left out, for its system or because it "
                   "needs cgo",
        .remedy = "go list -f '{{{{.IgnoredGoFiles}}}}' PACKAGE with the target's GOOS and GOARCH "
                  "names what is left out; where it has import \"C\": cgo = \"on\""},
    DiagnosisRule{
        .id = "undefined",
        .patterns = {": undefined: {name}"},
        .meaning = "{source} uses {name}, which no file that counts for this target declares: one "
                   "that does may be left out by its name (_linux.go) or its //go:build line",
        .remedy = "write the counterpart for the other systems, in a file with the opposite "
                  "//go:build line"},
};

}  // namespace

std::span<const DiagnosisRule> go_rules() {
    return rules;
}

}  // namespace gov::cross
