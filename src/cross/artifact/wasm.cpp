// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/wasm.hpp"

#include "base/format.hpp"

#include <array>

namespace gov::cross {

namespace {

using namespace std::string_view_literals;

// Layout of the WebAssembly core specification, section 5 (binary format).
constexpr std::string_view start = "\0asm\1\0\0\0"sv;
constexpr std::uint8_t custom_section = 0;
constexpr std::uint8_t import_section = 2;
constexpr std::uint8_t last_section = 13;
constexpr std::uint64_t longest_name = 4096;
constexpr std::uint64_t longest_text = 16U << 20U;
// What cmd/go frames the module text with (infoStart and infoEnd in modload/build.go). The linker
// leaves the build information proper out of WebAssembly files, but the program has that text.
constexpr std::string_view text_start =
    "\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6"sv;
constexpr std::string_view text_end =
    "\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2"sv;

std::string_view view_of(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint32_t leb128(ByteReader& reader) {
    std::uint64_t value = 0;
    const std::uint64_t at = reader.offset();
    for (unsigned shift = 0; shift < 35; shift += 7) {
        const std::uint8_t byte = reader.u8();
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte >= 0x80) continue;
        if (value > 0xFFFFFFFFU) break;
        return static_cast<std::uint32_t>(value);
    }
    throw damaged_at(at, "a number of more than 32 bits");
}

std::string_view name_in(ByteReader& reader) {
    const std::uint32_t length = leb128(reader);
    if (length > longest_name)
        throw damaged_at(reader.offset(), base::format("a name of {} bytes", length));
    return view_of(reader.bytes(length));
}

constexpr std::array section_names{
    "custom"sv,  "types"sv, "imports"sv,  "functions"sv, "tables"sv, "memories"sv,   "globals"sv,
    "exports"sv, "start"sv, "elements"sv, "code"sv,      "data"sv,   "data count"sv, "tags"sv};

class WasmReader {
public:
    explicit WasmReader(Bytes bytes)
        : bytes_{bytes}, file_{bytes, std::endian::little, "the file"} {}

    Artifact read() {
        artifact_.format = Format::wasm;
        artifact_.arch = "wasm";
        artifact_.bits = 32;
        artifact_.kind = Kind::executable;
        ByteReader sections = file_.from(start.size(), "the sections");
        while (sections.remaining() > 0) read_section(sections);
        find_build_info();
        return std::move(artifact_);
    }

private:
    void read_section(ByteReader& sections) {
        const std::uint64_t at = sections.offset();
        const std::uint8_t kind = sections.u8();
        if (kind > last_section) throw damaged_at(at, base::format("a section of kind {}", kind));
        const std::uint32_t size = leb128(sections);
        ByteReader content = sections.from_here(size, "a section");
        Region region{std::string{section_names[kind]}, sections.offset(), size};
        sections.skip(size);
        if (kind == custom_section) region.name = read_custom(content);
        if (kind == import_section) read_imports(content);
        artifact_.regions.push_back(std::move(region));
    }

    std::string read_custom(ByteReader& content) {
        std::string name{name_in(content)};
        if (name == "producers") read_producers(content);
        if (name == "name") artifact_.has_symbols = true;
        if (name.starts_with(".debug_")) artifact_.has_debug_info = true;
        return name;
    }

    // WebAssembly's tool conventions: fields of names, each with values of names and versions.
    void read_producers(ByteReader& content) {
        const std::uint32_t fields = leb128(content);
        for (std::uint32_t i = 0; i < fields; ++i) {
            const std::string_view field = name_in(content);
            const std::uint32_t values = leb128(content);
            for (std::uint32_t k = 0; k < values; ++k) {
                const std::string_view name = name_in(content);
                const std::string_view version = name_in(content);
                if (field == "language" && name == "Go") go_version_ = version;
            }
        }
    }

    // The module that the first function is imported from tells the host.
    void read_imports(ByteReader& content) {
        if (leb128(content) == 0) return;
        const std::string_view module = name_in(content);
        if (module == "gojs" || module == "go") artifact_.os = "js";
        if (module == "wasi_snapshot_preview1") artifact_.os = "wasip1";
    }

    void find_build_info() {
        if (go_version_.empty()) return;
        BuildInfo info;
        info.go_version = go_version_;
        const std::string_view all = view_of(bytes_);
        const auto from = all.find(text_start);
        if (from != std::string_view::npos) {
            const std::string_view rest =
                all.substr(from + text_start.size(), longest_text + text_end.size());
            const auto length = rest.find(text_end);
            if (length == std::string_view::npos)
                throw damaged_at(from, "the build information has no end");
            base::while_doing(base::format("build information at offset {:#x}", from),
                              [&] { parse_module_text(rest.substr(0, length), info); });
        }
        info.records_settings = !info.settings.empty();  // Go 1.18 and later
        artifact_.build_info = std::move(info);
    }

    Bytes bytes_;
    ByteReader file_;
    Artifact artifact_;
    std::string_view go_version_;
};

}  // namespace

bool is_wasm(Bytes bytes) noexcept {
    return view_of(bytes).starts_with(start);
}

Artifact read_wasm(Bytes bytes) {
    return WasmReader{bytes}.read();
}

}  // namespace gov::cross
