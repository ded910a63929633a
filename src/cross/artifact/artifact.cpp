// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact.hpp"

#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "cross/artifact/elf.hpp"
#include "cross/artifact/macho.hpp"
#include "cross/artifact/pe.hpp"
#include "cross/artifact/plan9.hpp"
#include "cross/artifact/wasm.hpp"
#include "cross/artifact/xcoff.hpp"

#include <array>

namespace gov::cross {

namespace {

using namespace std::string_view_literals;

struct Unsupported {
    std::string_view magic;
    std::string_view name;
};

// What a Go build can leave that is no program of a format that gov reads.
constexpr std::array unsupported{
    Unsupported{"!<arch>\n"sv, "a library (ar archive), not a program"},
    Unsupported{"\x01\xDF"sv, "an AIX program of 32 bits, which Go does not build"},
    Unsupported{"\xFE\xED\xFA"sv, "a big-endian Mach-O program, which Go does not build"},
    Unsupported{"#!"sv, "a script, not a program"},
};

base::Error not_a_program(std::string_view start) {
    constexpr const char* hint = "gov reads ELF, Mach-O, PE, WebAssembly, Plan 9 and XCOFF files";
    if (start.empty()) return base::Error{"the file is empty", hint};
    for (const Unsupported& known : unsupported)
        if (start.starts_with(known.magic))
            return base::Error{base::format("unsupported format: {}", known.name), hint};
    return base::Error{"unsupported format: no program file starts like this", hint};
}

std::string_view text_of(Bytes file) noexcept {
    return {reinterpret_cast<const char*>(file.data()), file.size()};
}

bool is_elf(Bytes file) noexcept {
    return text_of(file).starts_with(
        "\x7F"
        "ELF");
}

bool is_pe(Bytes file) noexcept {
    return text_of(file).starts_with("MZ");
}

struct Reader {
    const char* what;
    bool (*starts)(Bytes) noexcept;
    Artifact (*read)(Bytes);
};

const Reader* reader_of(Bytes file) noexcept {
    static constexpr std::array readers{
        Reader{"ELF file", is_elf, read_elf},        Reader{"Mach-O file", is_macho, read_macho},
        Reader{"PE file", is_pe, read_pe},           Reader{"WebAssembly file", is_wasm, read_wasm},
        Reader{"Plan 9 file", is_plan9, read_plan9}, Reader{"XCOFF file", is_xcoff, read_xcoff},
    };
    for (const Reader& reader : readers)
        if (reader.starts(file)) return &reader;
    return nullptr;
}

}  // namespace

std::string_view Artifact::target_os() const {
    // Solaris and illumos share their headers.
    const bool is_told = !os.empty() && os != "solaris";
    if (is_told || !build_info) return os;
    return build_info->setting("GOOS").value_or(os);
}

bool starts_like_a_program(Bytes file) noexcept {
    return reader_of(file) != nullptr;
}

Artifact read_artifact(Bytes file) {
    const Reader* reader = reader_of(file);
    if (reader == nullptr) throw not_a_program(text_of(file));
    return base::while_doing(reader->what, [&] { return reader->read(file); });
}

Artifact read_artifact_file(const std::filesystem::path& path) {
    return base::while_doing(base::format("reading {}", path.native()), [&] {
        const base::MappedFile file{path};
        return read_artifact(file.bytes());
    });
}

std::string_view name_of(Format format) noexcept {
    switch (format) {
        case Format::elf:
            return "elf";
        case Format::macho:
            return "macho";
        case Format::pe:
            return "pe";
        case Format::wasm:
            return "wasm";
        case Format::plan9:
            return "plan9";
        case Format::xcoff:
            return "xcoff";
    }
    return {};
}

std::string_view name_of(Kind kind) noexcept {
    switch (kind) {
        case Kind::executable:
            return "executable";
        case Kind::pie:
            return "pie";
        case Kind::shared_library:
            return "shared-library";
        case Kind::object:
            return "object";
        case Kind::other:
            return "other";
    }
    return {};
}

std::string_view name_of(Subsystem subsystem) noexcept {
    switch (subsystem) {
        case Subsystem::none:
            return "none";
        case Subsystem::console:
            return "console";
        case Subsystem::gui:
            return "gui";
        case Subsystem::other:
            return "other";
    }
    return {};
}

}  // namespace gov::cross
