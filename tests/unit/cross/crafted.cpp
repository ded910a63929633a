// SPDX-License-Identifier: Apache-2.0
#include "crafted.hpp"

#include "base/crypto.hpp"

#include <algorithm>

namespace gov::cross::crafted {

std::size_t place_of(std::string_view text, const File& file) {
    const std::string_view all{reinterpret_cast<const char*>(file.data()), file.size()};
    return std::min(all.find(text), file.size());
}

File replaced(File file, std::string_view from, std::string_view to) {
    std::copy(to.begin(), to.end(),
              file.begin() + static_cast<std::ptrdiff_t>(place_of(from, file)));
    return file;
}

void Writer::text(std::string_view value, std::size_t size) {
    file.insert(file.end(), value.begin(), value.end());
    file.resize(file.size() + size - value.size());
}

void Writer::number(std::uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) {
        const unsigned shift = 8 * (order_ == std::endian::little ? i : size - 1 - i);
        file.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

std::string framed_text(const Build& build) {
    std::string text(16, '<');
    text += "path\texample.com/hello\nmod\texample.com/hello\t(devel)\t\n";
    text += "dep\texample.com/a\tv1.2.3\th1:abc=\n=>\t./a\tv1.2.4\t\n";
    if (build.trimpath) text += "build\t-trimpath=true\n";
    text += "build\t-ldflags=\"-s -w\"\nbuild\tCGO_ENABLED=" + build.cgo + "\n";
    text += "build\tGOARCH=" + build.arch + "\nbuild\tGOOS=" + build.os + "\n";
    return text + std::string(16, '>');
}

namespace {

void uvarint(Writer& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out.u8((value & 0x7FU) | 0x80U);
    out.u8(value);
}

void start_blob(Writer& out, unsigned pointer_size, unsigned flags) {
    out.text("\xff Go buildinf:", 14);
    out.u8(pointer_size);
    out.u8(flags);
}

}  // namespace

File build_info_blob(const Build& build) {
    Writer out{std::endian::little};
    start_blob(out, 8, 2);
    out.pad_to(32);
    uvarint(out, build.go_version.size());
    out.text(build.go_version, build.go_version.size());
    const std::string text = framed_text(build);
    uvarint(out, text.size());
    out.text(text, text.size());
    return out.file;
}

namespace {

// The blob of Go before 1.18 for a file whose byte 0 is loaded at `base`, itself at `offset`.
File pointer_blob(const Elf& wanted, std::uint64_t base, std::uint64_t offset) {
    Writer out{wanted.order};
    const std::size_t word = wanted.bits == 64 ? 8 : 4;
    const std::string text = framed_text(wanted.build);
    const std::uint64_t headers = base + offset + 32;
    const std::uint64_t texts = headers + 4 * word;
    start_blob(out, static_cast<unsigned>(word), wanted.order == std::endian::big ? 1 : 0);
    out.word(wanted.bits, headers);
    out.word(wanted.bits, headers + 2 * word);
    out.pad_to(32);
    out.word(wanted.bits, texts);
    out.word(wanted.bits, wanted.build.go_version.size());
    out.word(wanted.bits, texts + wanted.build.go_version.size());
    out.word(wanted.bits, text.size());
    out.text(wanted.build.go_version, wanted.build.go_version.size());
    out.text(text, text.size());
    return out.file;
}

struct Placed {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

// Writes the parts of an ELF file; the headers last, when every offset is known.
class ElfWriter {
public:
    explicit ElfWriter(const Elf& wanted) : wanted_{wanted}, out_{wanted.order} {}

    File write() {
        out_.pad_to(512);  // room for the headers
        const std::uint64_t at = out_.file.size();
        info_ = place(wanted_.pointers ? pointer_blob(wanted_, base, at)
                                       : build_info_blob(wanted_.build));
        if (!wanted_.interpreter.empty()) interpreter_ = place_text(wanted_.interpreter + '\0');
        if (!wanted_.needed.empty()) write_dynamic();
        if (wanted_.sections) write_sections();
        Writer head = header();
        std::copy(head.file.begin(), head.file.end(), out_.file.begin());
        return out_.file;
    }

private:
    Placed place(const File& content) {
        out_.pad_to((out_.file.size() + 15) / 16 * 16);
        const Placed placed{out_.file.size(), content.size()};
        out_.bytes(content);
        return placed;
    }

    Placed place_text(const std::string& text) { return place({text.begin(), text.end()}); }

    void write_dynamic() {
        std::string names(1, '\0');
        const auto add = [&](const std::string& name) {
            names += name + '\0';
            return names.size() - name.size() - 1;
        };
        Writer entries{wanted_.order};
        const auto entry = [&](std::uint64_t tag, std::uint64_t value) {
            entries.word(wanted_.bits, tag);
            entries.word(wanted_.bits, value);
        };
        for (const std::string& library : wanted_.needed) entry(1, add(library));
        Writer versions{wanted_.order};
        versions.u16(1);
        versions.u16(wanted_.versions.size());
        versions.u32(1);
        versions.u32(16);
        versions.u32(0);
        for (const std::string& version : wanted_.versions) {
            versions.u32(0);
            versions.u32(0);
            versions.u32(add(version));
            versions.u32(&version == &wanted_.versions.back() ? 0 : 16);
        }
        entry(5, base + place_text(names).offset);
        if (!wanted_.versions.empty()) {
            entry(0x6ffffffe, base + place(versions.file).offset);
            entry(0x6fffffff, 1);
        }
        entry(0, 0);
        dynamic_ = place(entries.file);
    }

    void write_sections() {
        using namespace std::string_literals;
        const Placed names = place_text("\0.go.buildinfo\0.shstrtab\0"s);
        Writer table{wanted_.order};
        section(table, 0, 0, 0, {});
        section(table, 1, 1, base + info_.offset, info_);
        section(table, 15, 3, 0, names);
        sections_ = place(table.file);
    }

    void section(Writer& table, std::uint32_t name, std::uint32_t type, std::uint64_t address,
                 Placed content) const {
        table.u32(name);
        table.u32(type);
        table.word(wanted_.bits, 0);
        table.word(wanted_.bits, address);
        table.word(wanted_.bits, content.offset);
        table.word(wanted_.bits, content.size);
        table.u32(0);
        table.u32(0);
        table.word(wanted_.bits, 0);
        table.word(wanted_.bits, 0);
    }

    void segment(Writer& table, std::uint32_t type, std::uint32_t flags, Placed content) const {
        table.u32(type);
        if (wanted_.bits == 64) table.u32(flags);
        table.word(wanted_.bits, content.offset);
        table.word(wanted_.bits, base + content.offset);
        table.word(wanted_.bits, base + content.offset);
        table.word(wanted_.bits, content.size);
        table.word(wanted_.bits, content.size);
        if (wanted_.bits == 32) table.u32(flags);
        table.word(wanted_.bits, 16);
    }

    Writer header() const {
        const bool wide = wanted_.bits == 64;
        Writer out{wanted_.order};
        out.text(
            "\x7f"
            "ELF",
            4);
        out.u8(wide ? 2 : 1);
        out.u8(wanted_.order == std::endian::little ? 1 : 2);
        out.u8(1);
        out.u8(wanted_.os_abi);
        out.pad_to(16);
        out.u16(wanted_.type);
        out.u16(wanted_.machine);
        out.u32(1);
        out.word(wanted_.bits, base);
        out.word(wanted_.bits, wide ? 64 : 52);
        out.word(wanted_.bits, sections_.offset);
        out.u32(0);
        out.u16(wide ? 64 : 52);
        out.u16(wide ? 56 : 32);
        const unsigned segments =
            2U + (interpreter_.size != 0 ? 1U : 0U) + (dynamic_.size != 0 ? 1U : 0U);
        out.u16(segments);
        out.u16(wide ? 64 : 40);
        out.u16(wanted_.sections ? 3 : 0);
        out.u16(wanted_.sections ? 2 : 0);
        segment(out, 1, 6, {0, out_.file.size()});
        segment(out, 0x6474e551, 6, {0, 0});
        if (interpreter_.size != 0) segment(out, 3, 4, interpreter_);
        if (dynamic_.size != 0) segment(out, 2, 6, dynamic_);
        return out;
    }

    static constexpr std::uint64_t base = 0x400000;

    const Elf& wanted_;
    Writer out_;
    Placed info_;
    Placed interpreter_;
    Placed dynamic_;
    Placed sections_;
};

}  // namespace

File elf(const Elf& wanted) {
    return ElfWriter{wanted}.write();
}

}  // namespace gov::cross::crafted
