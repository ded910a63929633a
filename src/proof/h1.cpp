// SPDX-License-Identifier: Apache-2.0
#include "proof/h1.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "proof/hash_text.hpp"
#include "proof/refuse.hpp"

#include <algorithm>

namespace gov::proof {

namespace {

constexpr std::string_view prefix = "h1:";

}  // namespace

void TreeHash::add(std::string name, const base::Digest& content) {
    if (name.find('\n') != std::string::npos)
        refuse(base::format("the file name {} has a line break", base::printable(name)));
    files_.emplace_back(std::move(name), content);
}

std::string TreeHash::finish_manifest() {
    auto files = std::exchange(files_, {});
    std::ranges::sort(files);  // by the bytes of the name first
    std::string manifest;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& [name, content] = files[i];
        if (i > 0 && files[i - 1].first == name)
            refuse(base::format("the file {} is there twice", base::printable(name)));
        manifest += base::to_hex(content) + "  " + name + "\n";
    }
    return manifest;
}

std::string TreeHash::finish() {
    return h1_of_manifest(finish_manifest());
}

std::string h1_of_manifest(std::string_view manifest) {
    return std::string{prefix} + to_text(base::sha256(base::as_bytes(manifest)));
}

bool is_h1(std::string_view text) {
    return text.starts_with(prefix) && hash_from_text(text.substr(prefix.size()));
}

}  // namespace gov::proof
