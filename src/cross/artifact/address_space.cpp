// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/address_space.hpp"

namespace gov::cross {

void AddressSpace::map(std::uint64_t address, std::uint64_t offset, std::uint64_t size) {
    file_.part(offset, size, "a segment's content");
    mappings_.push_back({address, offset, size});
}

std::optional<ByteReader> AddressSpace::at(std::uint64_t address, const char* what) const {
    for (const Mapping& mapping : mappings_) {
        if (address < mapping.address || address - mapping.address >= mapping.size) continue;
        const std::uint64_t inside = address - mapping.address;
        return file_.part(mapping.offset + inside, mapping.size - inside, what);
    }
    return std::nullopt;
}

}  // namespace gov::cross
