// SPDX-License-Identifier: Apache-2.0
#pragma once
// Archives of which a test decides every byte, and descriptors to read them by.

#include "base/unique_fd.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gov::download::tests {

// A descriptor of a file without a name that holds `content`.
base::UniqueFd file_with(std::string_view content);

// `content` as one gzip member (RFC 1952), or deflated alone (RFC 1951).
std::string gzipped(std::string_view content);
std::string deflated(std::string_view content);

// A member of a zip: honest unless a test says otherwise.
struct ZipMember {
    std::string name;     // in the central directory
    std::string content;  // before it is packed
    bool deflate = true;
    bool descriptor = false;  // sizes after the data instead of in the local header
    bool listed = true;       // in the central directory
    std::string local_name = name;
    std::string gap = {};   // bytes before the local header
    std::string tail = {};  // bytes behind the packed content that count as part of it
    std::uint16_t flags = 0;
    std::uint32_t mode = 0;  // of Unix
    std::uint32_t crc_error = 0;
    std::uint32_t size_error = 0;
};

// The zip of `members`; `comment` follows its end record, which counts it.
std::string zip_of(const std::vector<ZipMember>& members, std::string_view comment = {});

// A member of a tar archive (POSIX ustar), its header and padded content.
std::string tar_member(std::string_view name, std::string_view content = {}, char type = '0',
                       std::string_view link = {});
// A pax header that gives the member after it the attribute `key`.
std::string pax_header(std::string_view key, std::string_view value);
// An old GNU sparse member: a hole of 512 bytes, then `content`.
std::string sparse_member(std::string_view name, std::string_view content);
// The two zero blocks that end a tar archive.
std::string tar_end();

}  // namespace gov::download::tests
