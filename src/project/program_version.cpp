// SPDX-License-Identifier: Apache-2.0
#include "project/program_version.hpp"

#include <cassert>
#include <charconv>

namespace gov::project {

namespace {

// "1", "1.2" or "1.2.3", digits alone.
std::optional<ProgramVersion> numbers_of(std::string_view text) {
    ProgramVersion version{};
    for (std::size_t part = 0; part < version.size(); ++part) {
        const std::string_view number = text.substr(0, text.find('.'));
        const auto [stopped, error] =
            std::from_chars(number.data(), number.data() + number.size(), version[part]);
        if (error != std::errc{} || stopped != number.data() + number.size()) return std::nullopt;
        if (number.size() == text.size()) return version;
        text.remove_prefix(number.size() + 1);
    }
    return std::nullopt;
}

}  // namespace

ProgramVersion this_program_version() {
    const auto version = numbers_of(GOV_VERSION);
    assert(version);
    return *version;
}

std::optional<ProgramVersion> least_version_of(std::string_view requirement) {
    if (!requirement.starts_with(">=")) return std::nullopt;
    requirement.remove_prefix(2);
    while (requirement.starts_with(' ')) requirement.remove_prefix(1);
    return numbers_of(requirement);
}

}  // namespace gov::project
