// SPDX-License-Identifier: Apache-2.0
#include "download/member_name.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <array>

namespace gov::download {

namespace {

constexpr std::size_t longest_name = 1024;
constexpr std::size_t longest_component = 255;
constexpr std::ptrdiff_t deepest = 32;

[[noreturn]] void refuse(std::string_view name, std::string_view what) {
    throw base::Error{base::format("the archive has a member {} \"{}\"", what,
                                   base::printable(name.substr(0, longest_component))),
                      {},
                      base::ExitCode::verification};
}

std::string folded(std::string_view name) {
    std::string text{name};
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// CON, PRN, AUX, NUL, COM0-9 and LPT0-9, with any extension, are devices on Windows.
bool is_device(std::string_view component) {
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const std::string stem = folded(component.substr(0, component.find('.')));
    if (std::ranges::find(devices, stem) != devices.end()) return true;
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) &&
           stem[3] >= '0' && stem[3] <= '9';
}

void check_component(std::string_view name, std::string_view component) {
    if (component.empty() || component == "." || component == "..")
        refuse(name, "with an unsafe name");
    if (component.size() > longest_component || component.ends_with('.') ||
        component.ends_with(' ') || is_device(component) ||
        component.find_first_of("\\:*?\"<>|'`") != std::string_view::npos)
        refuse(name, "with a name that Go releases do not have");
}

}  // namespace

void check_member_name(std::string_view name) {
    if (name.size() > longest_name || std::ranges::count(name, '/') > deepest)
        refuse(name, "with too long a name");
    if (base::printable(name) != name) refuse(name, "with an unprintable name");
    for (std::size_t start = 0;;) {
        const std::size_t slash = name.find('/', start);
        check_component(name, name.substr(start, slash - start));
        if (slash == std::string_view::npos) return;
        start = slash + 1;
    }
}

void NameSet::add_parents(std::string_view name) {
    const std::size_t last = name.rfind('/');
    if (last == std::string_view::npos || name.substr(0, last) == last_parent_) return;
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
        const std::string directory{name.substr(0, slash)};
        const auto [found, is_new] =
            by_folded_.try_emplace(folded(directory), Entry{directory, true});
        if (!is_new && (found->second.name != directory || !found->second.is_directory))
            refuse(name, "that clashes with another one:");
        if (is_new) directories_.push_back(directory);
    }
    last_parent_ = name.substr(0, last);
}

void NameSet::add_file(std::string_view name) {
    add_parents(name);
    if (!by_folded_.try_emplace(folded(name), Entry{std::string{name}, false}).second)
        refuse(name, "that clashes with another one:");
}

}  // namespace gov::download
