// SPDX-License-Identifier: Apache-2.0
// Reads lines of two words separated by a tab; says of each line how the words compare as toolchain
// names, whether the first is one, and its language version. tests/toolchain asks Go the same.
#include "toolchain/go_version.hpp"

#include <iostream>
#include <string>

using gov::toolchain::GoVersion;

namespace {

// What is no version is older than every version (internal/gover: Compare).
int compare(const std::optional<GoVersion>& a, const std::optional<GoVersion>& b) {
    if (!a || !b) return static_cast<int>(a.has_value()) - static_cast<int>(b.has_value());
    const auto order = *a <=> *b;
    return order < 0 ? -1 : static_cast<int>(order > 0);
}

}  // namespace

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto tab = line.find('\t');
        const auto first = GoVersion::of_toolchain(line.substr(0, tab));
        const auto second = GoVersion::of_toolchain(line.substr(tab + 1));
        std::cout << compare(first, second) << ' ' << first.has_value() << ' '
                  << (first ? "go" + first->language() : "") << '\n';
    }
    return 0;
}
