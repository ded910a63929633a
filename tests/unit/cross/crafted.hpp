// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small programs written byte by byte, for tests that then change single bytes of them.

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross::crafted {

using File = std::vector<std::uint8_t>;

// Where `text` first stands in `file`; its size where it does not.
std::size_t place_of(std::string_view text, const File& file);
// `file` with the first `from` overwritten by `to`.
File replaced(File file, std::string_view from, std::string_view to);

// Appends numbers in one byte order.
class Writer {
public:
    explicit Writer(std::endian order) : order_{order} {}

    void u8(std::uint64_t value) { number(value, 1); }
    void u16(std::uint64_t value) { number(value, 2); }
    void u32(std::uint64_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void word(int bits, std::uint64_t value) { number(value, bits == 64 ? 8 : 4); }
    void text(std::string_view value, std::size_t size);  // filled up with NULs to `size`
    void bytes(const File& value) { file.insert(file.end(), value.begin(), value.end()); }
    void pad_to(std::size_t size) { file.resize(size); }

    File file;

private:
    void number(std::uint64_t value, unsigned size);

    std::endian order_;
};

struct Build {
    std::string go_version = "go1.22.6";
    std::string os = "linux";
    std::string arch = "amd64";
    std::string cgo = "0";
    bool trimpath = true;
};

// The text of `build` as cmd/go writes it, sentinels included.
std::string framed_text(const Build& build);
// The inline form of Go 1.18 and later.
File build_info_blob(const Build& build);

struct Elf {
    int bits = 64;
    std::endian order = std::endian::little;
    std::uint16_t machine = 62;
    std::uint8_t os_abi = 0;
    std::uint16_t type = 2;
    std::string interpreter = {};
    std::vector<std::string> needed = {};
    std::vector<std::string> versions = {};  // needed of the first library
    bool pointers = false;                   // build info in the form before Go 1.18
    bool sections = true;
    Build build = {};
};

File elf(const Elf& wanted);

struct Macho {
    std::uint32_t cpu = 0x0100000c;
    bool with_uuid = false;
    bool is_signed = true;
    Build build = {.os = "darwin", .arch = "arm64"};
};

File macho(const Macho& wanted);
// A universal file of `slices`.
File fat(const std::vector<File>& slices);

struct Pe {
    std::uint16_t machine = 0x14c;
    int bits = 32;
    std::uint16_t subsystem = 3;
    std::uint32_t time_stamp = 0;
    Build build = {.os = "windows", .arch = "386"};
};

File pe(const Pe& wanted);

struct Plan9 {
    std::uint32_t magic = 0x8A97;
    std::uint32_t symbols = 0;
    Build build = {.os = "plan9"};
};

File plan9(const Plan9& wanted);
// An AIX program.
File xcoff();

struct Wasm {
    std::string imports_from = "gojs";
    Build build = {.os = "js", .arch = "wasm"};
};

File wasm(const Wasm& wanted);

}  // namespace gov::cross::crafted
