// SPDX-License-Identifier: Apache-2.0
#include "toolchain/support.hpp"

#include "base/format.hpp"

#include <algorithm>

namespace gov::toolchain {

GoVersion end_of_support(const GoVersion& version) {
    constexpr std::size_t most_digits = 9;
    const std::string language = version.language();
    const auto dot = std::min(language.find('.'), language.size());
    const std::string minor = "0" + language.substr(std::min(dot + 1, language.size()));
    return GoVersion::require(base::format("{}.{}", language.substr(0, dot),
                                           std::stoul(minor.substr(0, most_digits)) + 2));
}

bool is_supported(const GoVersion& version, const GoVersion& newest_line) {
    return GoVersion::require(newest_line.language()) < end_of_support(version);
}

}  // namespace gov::toolchain
