// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact.hpp"

#include "base/format.hpp"
#include "base/unique_fd.hpp"
#include "cross/elf.hpp"
#include "cross/macho.hpp"
#include "cross/pe.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace gov::cross {

namespace {

using namespace std::string_view_literals;

struct Unsupported {
    std::string_view magic;
    std::string_view name;
};

// What a Go build can leave that gov does not read. Plan 9's magics: Go's src/debug/plan9obj.
constexpr std::array unsupported{
    Unsupported{"!<arch>\n"sv, "a library (ar archive), not a program"},
    Unsupported{"\x01\xDF"sv, "an AIX program (XCOFF), which gov cannot read"},
    Unsupported{"\x01\xF7"sv, "an AIX program (XCOFF), which gov cannot read"},
    Unsupported{"\x00\x00\x01\xEB"sv, "a Plan 9 program, which gov cannot read"},
    Unsupported{"\x00\x00\x8A\x97"sv, "a Plan 9 program, which gov cannot read"},
    Unsupported{"\x00\x00\x06\x47"sv, "a Plan 9 program, which gov cannot read"},
    Unsupported{"\xFE\xED\xFA"sv, "a big-endian Mach-O program, which gov cannot read"},
    Unsupported{"#!"sv, "a script, not a program"},
};

// The magic and the version of the binary format; what follows says nothing about the target.
constexpr std::string_view wasm_start = "\0asm\1\0\0\0"sv;

Artifact wasm_artifact() {
    Artifact artifact;
    artifact.format = Format::wasm;
    artifact.arch = "wasm";
    artifact.bits = 32;
    artifact.kind = Kind::executable;
    return artifact;
}

base::Error not_a_program(std::string_view start) {
    constexpr const char* hint = "gov reads ELF, Mach-O, PE and WebAssembly files";
    if (start.empty()) return base::Error{"the file is empty", hint};
    for (const Unsupported& known : unsupported)
        if (start.starts_with(known.magic))
            return base::Error{base::format("unsupported format: {}", known.name), hint};
    return base::Error{"unsupported format: no program file starts like this", hint};
}

// A file mapped for reading.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path& path) {
        // O_NONBLOCK: a FIFO in the file's place must not stop the reader.
        const base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
        if (!fd) throw base::system_error("opening it", errno);
        struct stat status;
        if (::fstat(fd.get(), &status) != 0) throw base::system_error("reading it", errno);
        if (!S_ISREG(status.st_mode)) throw base::Error{"not a regular file"};
        size_ = static_cast<std::size_t>(status.st_size);
        if (size_ == 0) return;
        start_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
        if (start_ == MAP_FAILED) throw base::system_error("mapping it", errno);
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile() {
        if (size_ != 0) ::munmap(start_, size_);
    }

    Bytes bytes() const noexcept { return {static_cast<const std::uint8_t*>(start_), size_}; }

private:
    void* start_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace

std::string_view Artifact::target_os() const {
    // Solaris and illumos share their headers.
    const bool is_told = !os.empty() && os != "solaris";
    if (is_told || !build_info) return os;
    return build_info->setting("GOOS").value_or(os);
}

Artifact read_artifact(Bytes file) {
    const std::string_view start{reinterpret_cast<const char*>(file.data()), file.size()};
    if (start.starts_with("\x7F"
                          "ELF"))
        return base::while_doing("ELF file", [&] { return read_elf(file); });
    if (is_macho(file)) return base::while_doing("Mach-O file", [&] { return read_macho(file); });
    if (start.starts_with("MZ")) return base::while_doing("PE file", [&] { return read_pe(file); });
    if (start.starts_with(wasm_start)) return wasm_artifact();
    throw not_a_program(start);
}

Artifact read_artifact_file(const std::filesystem::path& path) {
    return base::while_doing(base::format("reading {}", path.native()), [&] {
        const MappedFile file{path};
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
