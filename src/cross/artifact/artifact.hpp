// SPDX-License-Identifier: Apache-2.0
#pragma once
// Artifact: what a program file says of itself in its headers and its Go build information.

#include "cross/artifact/build_info.hpp"
#include "cross/artifact/code_signature.hpp"

#include <bit>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

enum class Format { elf, macho, pe, wasm, plan9, xcoff };
enum class Kind { executable, pie, shared_library, object, other };
enum class Subsystem { none, console, gui, other };  // none: not a Windows program

// A named stretch of a file, such as a section.
struct Region {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct Artifact {
    Format format = Format::elf;
    // GOOS as the headers tell; empty where they do not (a static ELF program), "solaris" for
    // illumos too.
    std::string os;
    // GOARCH as machine, class and byte order tell; empty where Go has no name for them.
    std::string arch;
    std::uint32_t machine = 0;  // the header's own number
    int bits = 0;
    std::endian byte_order = std::endian::little;
    Kind kind = Kind::other;

    std::string interpreter;             // of ELF; empty: none
    std::vector<std::string> libraries;  // what the loader must bring: DT_NEEDED, dylibs, DLLs
    bool has_symbols = false;            // false: stripped
    bool has_debug_info = false;
    bool executable_stack = false;
    std::string glibc_floor;  // the oldest glibc it starts on, "2.34"; empty: needs none
    std::string minimum_os;   // of macOS or Windows, as the header states it; else empty

    bool has_uuid = false;                    // Mach-O: LC_UUID
    std::optional<CodeSignature> signature;   // Mach-O; nullopt: not signed
    bool has_authenticode = false;            // PE: a certificate table, not checked here
    std::optional<std::uint32_t> time_stamp;  // PE: seconds since 1970
    Subsystem subsystem = Subsystem::none;

    std::optional<BuildInfo> build_info;  // nullopt: not built by Go 1.13 or later
    std::vector<Region> regions;          // what its headers name, in their order
    std::vector<Artifact> slices;         // of a universal (fat) Mach-O file, which is their first

    // Whether it starts without a loader or library of the target system.
    bool is_static() const noexcept { return interpreter.empty() && libraries.empty(); }
    // GOOS: of the headers, else of the build information; empty if neither tells.
    std::string_view target_os() const;
};

// Reads the artifact that `file` holds. Throws Error: not a program of a format that gov reads, or
// cut short or damaged (with the offset); never reads outside `file`.
Artifact read_artifact(Bytes file);

// Whether `file` starts as read_artifact wants it, so that what is wrong with it is damage.
bool starts_like_a_program(Bytes file) noexcept;

// read_artifact() of the file `path`, which is mapped and must not shrink meanwhile. Throws Error
// naming it.
Artifact read_artifact_file(const std::filesystem::path& path);

// "elf", "macho", "pe", "wasm", "plan9", "xcoff"; "executable", "pie", "shared-library", "object",
// "other"; "none", "console", "gui", "other".
std::string_view name_of(Format format) noexcept;
std::string_view name_of(Kind kind) noexcept;
std::string_view name_of(Subsystem subsystem) noexcept;

}  // namespace gov::cross
