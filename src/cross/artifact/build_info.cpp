// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/build_info.hpp"

#include "base/format.hpp"
#include "toolchain/go_string.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

constexpr std::string_view magic{"\xff Go buildinf:", 14};
constexpr std::uint64_t alignment = 16;
constexpr std::uint64_t header_size = 32;
// Far above what modules need, far below what could exhaust memory once it is parsed.
constexpr std::uint64_t longest_text = 16U << 20U;

std::string text_of(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t uvarint(ByteReader& reader) {
    std::uint64_t value = 0;
    const std::uint64_t start = reader.offset();
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = reader.u8();
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80) return value;
    }
    throw damaged_at(start, "a length in the build information has no end");
}

std::string bounded_text(ByteReader& reader, std::uint64_t length) {
    if (length > longest_text)
        throw damaged_at(reader.offset(),
                         base::format("the build information claims a text of {} bytes", length));
    return text_of(reader.bytes(length));
}

// The Go string whose header, a pointer and a length, is loaded at `address`.
std::string string_at(const AddressSpace& program, std::uint64_t address, int bits,
                      std::uint64_t blame) {
    const auto missing = [&](std::uint64_t where) {
        return damaged_at(
            blame,
            base::format("the build information points to {:#x}, which is not in the file", where));
    };
    auto header = program.at(address, "a string of the build information");
    if (!header) throw missing(address);
    const std::uint64_t data = header->word(bits);
    const std::uint64_t length = header->word(bits);
    if (length == 0) return {};
    auto content = program.at(data, "a string of the build information");
    if (!content) throw missing(data);
    return bounded_text(*content, length);
}

struct RawInfo {
    std::string version;
    std::string modules;
    bool is_inline = false;
};

// Reads the information whose magic `place` stands at.
RawInfo read_raw(const AddressSpace& program, const ByteReader& place) {
    ByteReader header = place.part(0, header_size, "the build information");
    header.skip(magic.size());
    const unsigned pointer_size = header.u8();
    const unsigned flags = header.u8();
    RawInfo raw;
    raw.is_inline = (flags & 2U) != 0;
    if (raw.is_inline) {  // Go 1.18 and later
        ByteReader texts = place.from(header_size, "the build information");
        raw.version = bounded_text(texts, uvarint(texts));
        raw.modules = bounded_text(texts, uvarint(texts));
        return raw;
    }
    if (pointer_size != 4 && pointer_size != 8)
        throw damaged_at(
            place.offset() + magic.size(),
            base::format("the build information claims pointers of {} bytes", pointer_size));
    const int bits = static_cast<int>(pointer_size * 8);
    const std::uint64_t version = header.word(bits);
    const std::uint64_t modules = header.word(bits);
    raw.version = string_at(program, version, bits, place.offset());
    raw.modules = modules == 0 ? std::string{} : string_at(program, modules, bits, place.offset());
    return raw;
}

// Drops the sentinels that cmd/go puts around the text (src/cmd/go/internal/modload: infoStart).
std::string_view unframed(std::string_view modules) {
    if (modules.size() < 33 || modules[modules.size() - 17] != '\n') return {};
    return modules.substr(16, modules.size() - 32);
}

}  // namespace

std::optional<std::string_view> BuildInfo::setting(std::string_view name) const {
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    if (found == settings.end()) return std::nullopt;
    return found->second;
}

std::optional<BuildInfo> find_build_info(const AddressSpace& program, std::uint64_t address,
                                         std::uint64_t size) {
    const std::uint64_t padding = (alignment - address % alignment) % alignment;
    if (padding >= size) return std::nullopt;
    const auto range = program.at(address + padding, "the data that holds build information");
    if (!range) return std::nullopt;
    ByteReader reader = *range;
    const Bytes bytes = reader.bytes(std::min(size - padding, reader.remaining()));
    const std::string_view data{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    for (auto hit = data.find(magic); hit != std::string_view::npos;
         hit = data.find(magic, hit + 1)) {
        if (hit % alignment != 0) continue;  // the constant of a program that searches for it
        const RawInfo raw = read_raw(program, range->from(hit, "the build information"));
        if (raw.version.empty()) return std::nullopt;
        BuildInfo info;
        info.go_version = raw.version;
        info.records_settings = raw.is_inline;
        base::while_doing(base::format("build information at offset {:#x}", range->offset() + hit),
                          [&] { parse_module_text(unframed(raw.modules), info); });
        return info;
    }
    return std::nullopt;
}

}  // namespace gov::cross
