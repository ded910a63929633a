// SPDX-License-Identifier: Apache-2.0
#include "cross/running/process_prng.hpp"

#include "base/file.hpp"

#include <cstdint>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t header_size = 0x200;  // of the file: also the alignment in it
constexpr std::uint32_t section = 0x1000;     // in memory: also the alignment there

// Little-endian numbers and text at their places in a file of zeros.
class Image {
public:
    explicit Image(std::size_t size) : bytes_(size, '\0') {}

    void put(std::size_t at, std::uint64_t value, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i)
            bytes_[at + i] = static_cast<char>((value >> (8 * i)) & 0xffU);
    }
    void put16(std::size_t at, std::uint64_t value) { put(at, value, 2); }
    void put32(std::size_t at, std::uint64_t value) { put(at, value, 4); }
    void put_text(std::size_t at, std::string_view text) { bytes_.replace(at, text.size(), text); }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// One function, which is another library's (a forwarder: its address points into this table).
// Returns the table's size.
std::uint32_t put_exports(Image& image) {
    constexpr std::uint32_t functions = 0x28;
    constexpr std::uint32_t names = 0x2c;
    constexpr std::uint32_t ordinals = 0x30;
    constexpr std::uint32_t library_name = 0x40;
    constexpr std::uint32_t function_name = 0x60;
    constexpr std::uint32_t forwarder = 0x70;
    constexpr std::uint32_t size = 0x90;
    const auto at = [](std::uint32_t offset) { return header_size + offset; };
    image.put32(at(0x0c), section + library_name);
    image.put32(at(0x10), 1);  // the first ordinal
    image.put32(at(0x14), 1);  // functions
    image.put32(at(0x18), 1);  // of them with names
    image.put32(at(0x1c), section + functions);
    image.put32(at(0x20), section + names);
    image.put32(at(0x24), section + ordinals);
    image.put32(at(functions), section + forwarder);
    image.put32(at(names), section + function_name);
    image.put_text(at(library_name), "bcryptprimitives.dll");
    image.put_text(at(function_name), "ProcessPrng");
    image.put_text(at(forwarder), "advapi32.SystemFunction036");
    return size;
}

// The optional header (Microsoft's PE format), at `at`; its size.
std::uint32_t put_optional_header(Image& image, std::size_t at, bool is_64, std::uint32_t exports) {
    const std::size_t wide = is_64 ? 8 : 4;
    image.put16(at, is_64 ? 0x20b : 0x10b);
    image.put32(at + 8, header_size);  // initialised data
    if (is_64)
        image.put(at + 24, 0x180000000, 8);  // the address that it would like
    else
        image.put32(at + 28, 0x6a000000);
    image.put32(at + 32, section);
    image.put32(at + 36, header_size);
    for (const std::size_t version : {40U, 48U}) image.put16(at + version, 6);
    image.put32(at + 56, 2 * section);
    image.put32(at + 60, header_size);
    image.put16(at + 68, 3);      // console
    image.put16(at + 70, 0x140);  // any address, no code in data
    const std::size_t directories = at + 72 + 4 * wide + 4;
    image.put32(directories, 16);
    image.put32(directories + 4, section);
    image.put32(directories + 8, exports);
    return static_cast<std::uint32_t>(directories + 4 + 16 * 8 - at);
}

}  // namespace

std::string process_prng_library(std::string_view arch) {
    const bool is_64 = arch == "amd64";
    constexpr std::size_t pe = 0x40;
    Image image{std::size_t{2} * header_size};
    image.put_text(0, "MZ");
    image.put32(0x3c, pe);
    image.put_text(pe, "PE");
    const std::uint32_t exports = put_exports(image);
    const std::uint32_t optional = put_optional_header(image, pe + 24, is_64, exports);
    image.put16(pe + 4, is_64 ? 0x8664 : 0x14c);
    image.put16(pe + 6, 1);  // sections
    image.put16(pe + 20, optional);
    image.put16(pe + 22, is_64 ? 0x2022 : 0x2102);  // a library
    const std::size_t row = pe + 24 + optional;
    image.put_text(row, ".edata");
    image.put32(row + 8, exports);
    image.put32(row + 12, section);
    image.put32(row + 16, header_size);
    image.put32(row + 20, header_size);
    image.put32(row + 36, 0x40000040);  // read, initialised data
    return image.take();
}

void provide_process_prng(const fs::path& prefix, std::string_view arch) {
    const fs::path windows = prefix / "drive_c/windows";
    // A 64-bit prefix has the 32-bit libraries in syswow64, a 32-bit one in system32.
    const bool is_64 = fs::is_directory(windows / "syswow64");
    const fs::path directory = windows / (arch == "386" && is_64 ? "syswow64" : "system32");
    const fs::path library = directory / "bcryptprimitives.dll";
    if (fs::is_directory(directory) && !fs::exists(library))
        base::write_file_atomically(library, process_prng_library(arch));
}

}  // namespace gov::cross
