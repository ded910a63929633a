// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/code_signature.hpp"

#include "base/crypto.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <optional>

namespace gov::cross {

namespace {

// Names of cs_blobs.h.
constexpr std::uint32_t csmagic_embedded_signature = 0xfade0cc0;
constexpr std::uint32_t csmagic_codedirectory = 0xfade0c02;
constexpr std::uint32_t csslot_codedirectory = 0;
constexpr std::uint32_t csslot_alternate_codedirectories = 0x1000;  // five of them
constexpr std::uint32_t csslot_signature = 0x10000;
constexpr std::uint32_t cs_adhoc = 2;
constexpr std::uint8_t cs_hashtype_sha256 = 2;
constexpr std::uint32_t cs_supports_codelimit64 = 0x20300;
constexpr std::uint32_t most_blobs = 64;  // a real one has fewer than ten

struct CodeDirectory {
    std::uint32_t flags = 0;
    std::uint64_t code_limit = 0;
    std::uint64_t page_size = 0;  // 0: the whole code is one page
    std::uint64_t slots = 0;
    std::uint8_t hash_type = 0;
    std::uint8_t hash_size = 0;
    std::string identifier;
    Bytes hashes;
};

CodeDirectory read_directory(const ByteReader& blob) {
    CodeDirectory directory;
    ByteReader reader = blob;
    reader.skip(8);  // magic and length, read by the caller
    const std::uint32_t version = reader.u32();
    directory.flags = reader.u32();
    const std::uint32_t hash_offset = reader.u32();
    const std::uint32_t identifier_offset = reader.u32();
    reader.skip(4);  // special slots
    directory.slots = reader.u32();
    directory.code_limit = reader.u32();
    directory.hash_size = reader.u8();
    directory.hash_type = reader.u8();
    reader.skip(1);  // platform
    const std::uint8_t page_shift = reader.u8();
    if (page_shift >= 32)
        throw damaged_at(reader.offset() - 1, "the code signature has pages of an impossible size");
    directory.page_size = page_shift == 0 ? 0 : std::uint64_t{1} << page_shift;
    if (version >= cs_supports_codelimit64) {
        reader.skip(16);  // spare, scatter, team, spare
        if (const std::uint64_t wide = reader.u64(); wide != 0) directory.code_limit = wide;
    }
    directory.identifier = blob.from(identifier_offset, "the signature's identifier").text(1024);
    directory.hashes =
        blob.part(hash_offset, directory.slots * directory.hash_size, "the signature's page hashes")
            .bytes(directory.slots * directory.hash_size);
    return directory;
}

struct SuperBlob {
    std::optional<CodeDirectory> directory;  // the one with SHA-256 if there are several
    bool has_certificate = false;
    int directories = 0;
};

SuperBlob read_super_blob(const ByteReader& signature) {
    ByteReader reader = signature;
    if (reader.u32() != csmagic_embedded_signature)
        throw damaged_at(signature.offset(), "the code signature does not start as one");
    reader.skip(4);  // length; the load command's is what the system goes by
    const std::uint32_t count = reader.u32();
    if (count > most_blobs)
        throw damaged_at(reader.offset() - 4, "the code signature has too many parts");
    SuperBlob result;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t slot = reader.u32();
        const std::uint32_t offset = reader.u32();
        ByteReader head = signature.part(offset, 8, "a part of the code signature");
        const std::uint32_t magic = head.u32();
        const std::uint32_t length = head.u32();
        if (slot == csslot_signature && length > 8) result.has_certificate = true;
        const bool is_directory =
            slot == csslot_codedirectory || slot - csslot_alternate_codedirectories < 5;
        if (!is_directory) continue;
        if (magic != csmagic_codedirectory)
            throw damaged_at(head.offset() - 8, "the code directory does not start as one");
        ++result.directories;
        CodeDirectory directory =
            read_directory(signature.part(offset, length, "the code directory"));
        if (!result.directory || directory.hash_type == cs_hashtype_sha256)
            result.directory = std::move(directory);
    }
    return result;
}

// Why the pages of the first `directory.code_limit` bytes do not agree; empty if they do.
std::string compare_pages(const ByteReader& program, const CodeDirectory& directory) {
    ByteReader code = program.part(0, directory.code_limit, "the signed code");
    const std::uint64_t page_size =
        directory.page_size == 0 ? directory.code_limit : directory.page_size;
    base::Sha256 hash;
    for (std::uint64_t page = 0; code.remaining() > 0; ++page) {
        const std::uint64_t offset = directory.code_limit - code.remaining();
        if (page == directory.slots)
            return base::format("there are hashes for {} pages only", directory.slots);
        hash.update(code.bytes(std::min(page_size, code.remaining())));
        const base::Digest digest = hash.finish();
        const Bytes slot = directory.hashes.subspan(page * digest.size(), digest.size());
        if (!std::equal(digest.begin(), digest.end(), slot.begin()))
            return base::format("page {} at offset {:#x} has another hash", page, offset);
    }
    return {};
}

std::string find_problem(const ByteReader& program, const CodeDirectory& directory,
                         std::uint64_t signature_offset) {
    if (directory.hash_type != cs_hashtype_sha256 || directory.hash_size != sizeof(base::Digest))
        return base::format("its pages are not hashed with SHA-256 (type {})", directory.hash_type);
    if (directory.code_limit != signature_offset)
        return base::format("it covers {} of {} bytes", directory.code_limit, signature_offset);
    return compare_pages(program, directory);
}

}  // namespace

CodeSignature check_code_signature(const ByteReader& program, std::uint64_t offset,
                                   std::uint64_t size) {
    const ByteReader signature =
        program.in_order(std::endian::big).part(offset, size, "the code signature");
    const SuperBlob blob = read_super_blob(signature);
    if (!blob.directory)
        throw damaged_at(signature.offset(), "the code signature has no directory");
    CodeSignature result;
    result.ad_hoc = (blob.directory->flags & cs_adhoc) != 0 && !blob.has_certificate;
    result.identifier = blob.directory->identifier;
    result.problem = find_problem(program, *blob.directory, offset);
    return result;
}

bool rehash_start(std::span<std::uint8_t> program, std::uint64_t offset, std::uint64_t size,
                  std::uint64_t count) {
    const ByteReader file{program, std::endian::big, "the file"};
    const SuperBlob blob = read_super_blob(file.part(offset, size, "the code signature"));
    if (!blob.directory || blob.directories != 1 || blob.has_certificate) return false;
    const CodeDirectory& directory = *blob.directory;
    if ((directory.flags & cs_adhoc) == 0 || directory.hash_type != cs_hashtype_sha256 ||
        directory.hash_size != sizeof(base::Digest) || directory.page_size == 0)
        return false;
    const auto slots = static_cast<std::size_t>(directory.hashes.data() - program.data());
    for (std::uint64_t page = 0; page * directory.page_size < count; ++page) {
        const std::uint64_t start = page * directory.page_size;
        if (page >= directory.slots || start >= directory.code_limit) return false;
        const std::uint64_t length = std::min(directory.page_size, directory.code_limit - start);
        const base::Digest digest = base::sha256(
            ByteReader{file.part(start, length, "a page of the signed code")}.bytes(length));
        std::copy(digest.begin(), digest.end(),
                  program.begin() + static_cast<std::ptrdiff_t>(slots + page * digest.size()));
    }
    return true;
}

}  // namespace gov::cross
