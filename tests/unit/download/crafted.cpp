// SPDX-License-Identifier: Apache-2.0
#include "crafted.hpp"

#include "base/crypto.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

#include <zlib.h>

#include <numeric>
#include <stdexcept>

#include <sys/mman.h>

namespace gov::download::tests {

namespace {

std::string packed(std::string_view content, int window_bits) {
    z_stream stream = {};
    if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc{};
    std::string result(deflateBound(&stream, content.size()), '\0');
    stream.next_in = const_cast<Bytef*>(base::as_bytes(content).data());
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

std::string little_endian(std::uint64_t number, std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
    return bytes;
}
std::string u16(std::uint64_t number) {
    return little_endian(number, 2);
}
std::string u32(std::uint64_t number) {
    return little_endian(number, 4);
}

constexpr std::size_t block = 512;

std::string padded(std::string_view content) {
    std::string text{content};
    text.resize((content.size() + block - 1) / block * block, '\0');
    return text;
}

void put(std::string& header, std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
}

std::string octal(std::uint64_t number) {
    return base::format("{:011o}", number);
}

std::string tar_header(std::string_view name, std::uint64_t size, char type,
                       std::string_view link) {
    std::string header(block, '\0');
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, octal(size));
    put(header, 136, octal(0));
    header[156] = type;
    put(header, 157, link);
    put(header, 257, std::string_view{"ustar\00000", 8});
    return header;
}

std::string with_checksum(std::string header) {
    put(header, 148, "        ");
    const auto sum = std::accumulate(
        header.begin(), header.end(), 0U,
        [](unsigned total, char byte) { return total + static_cast<unsigned char>(byte); });
    put(header, 148, base::format("{:06o}", sum) + std::string{"\0 ", 2});
    return header;
}

}  // namespace

base::UniqueFd file_with(std::string_view content) {
    base::UniqueFd fd{::memfd_create("crafted", MFD_CLOEXEC)};
    if (!fd) throw std::runtime_error{"no memfd"};
    base::write_all(fd.get(), base::as_bytes(content), "the crafted file");
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::string gzipped(std::string_view content) {
    return packed(content, 16 + MAX_WBITS);
}
std::string deflated(std::string_view content) {
    return packed(content, -MAX_WBITS);
}

std::string zip_of(const std::vector<ZipMember>& members, std::string_view comment) {
    std::string zip;
    std::string directory;
    std::size_t listed = 0;
    for (const ZipMember& member : members) {
        zip += member.gap;
        const std::uint64_t offset = zip.size();
        const std::string data =
            (member.deflate ? deflated(member.content) : member.content) + member.tail;
        const auto size = static_cast<std::uint32_t>(member.content.size()) + member.size_error;
        const auto crc =
            static_cast<std::uint32_t>(::crc32(0, base::as_bytes(member.content).data(),
                                               static_cast<uInt>(member.content.size()))) ^
            member.crc_error;
        const std::string sums = u32(crc) + u32(data.size()) + u32(size);
        const std::uint16_t flags = member.flags | (member.descriptor ? 8U : 0U);
        const std::string how = u16(20) + u16(flags) + u16(member.deflate ? 8 : 0) + u32(0);
        zip += "PK\3\4" + how + (member.descriptor ? u32(0) + u32(0) + u32(0) : sums) +
               u16(member.local_name.size()) + u16(0) + member.local_name + data;
        if (member.descriptor) zip += "PK\7\10" + sums;
        if (!member.listed) continue;
        ++listed;
        directory += "PK\1\2" + u16(3 << 8U | 20) + how + sums + u16(member.name.size()) + u16(0) +
                     u16(0) + u16(0) + u16(0) + u32(member.mode << 16U) + u32(offset) + member.name;
    }
    const std::string end = "PK\5\6" + u16(0) + u16(0) + u16(listed) + u16(listed) +
                            u32(directory.size()) + u32(zip.size()) + u16(comment.size());
    return zip + directory + end + std::string{comment};
}

std::string tar_member(std::string_view name, std::string_view content, char type,
                       std::string_view link) {
    return with_checksum(tar_header(name, content.size(), type, link)) + padded(content);
}

std::string pax_header(std::string_view key, std::string_view value) {
    const std::string rest = base::format(" {}={}\n", key, value);
    std::size_t length = rest.size() + 1;  // the length counts its own digits
    while (base::format("{}{}", length, rest).size() != length) ++length;
    return tar_member("pax", base::format("{}{}", length, rest), 'x');
}

std::string sparse_member(std::string_view name, std::string_view content) {
    std::string header = tar_header(name, content.size(), 'S', {});
    put(header, 257, std::string_view{"ustar  \0", 8});  // GNU's magic
    put(header, 386, octal(block));
    put(header, 398, octal(content.size()));
    put(header, 483, octal(block + content.size()));
    return with_checksum(header) + padded(content);
}

std::string tar_end() {
    return std::string(2 * block, '\0');
}

}  // namespace gov::download::tests
