// SPDX-License-Identifier: Apache-2.0
#include "toolchain/module_files.hpp"

namespace gov::toolchain {

namespace {

// `name` with its last component replaced by `to` if that is `from`.
std::string renamed(std::string_view name, std::string_view from, std::string_view to) {
    const std::size_t last = name.rfind('/') + 1;
    std::string result{name};
    if (name.substr(last) == from) result.replace(last, std::string::npos, to);
    return result;
}

}  // namespace

std::string installed_name(std::string_view module_name) {
    return renamed(module_name, "_go.mod", "go.mod");
}
std::string module_name(std::string_view installed_name) {
    return renamed(installed_name, "go.mod", "_go.mod");
}

unsigned file_mode(std::string_view name) {
    if (name.starts_with("bin/") || name.starts_with("pkg/tool/")) return 0755;
    for (const std::string_view suffix : {".bash", ".sh", ".pl", ".rc"})
        if (name.ends_with(suffix)) return 0755;
    // go_?*_?*_exec: the wrappers that run programs of other systems.
    const std::string_view base_name = name.substr(name.rfind('/') + 1);
    if (base_name.starts_with("go_") && base_name.ends_with("_exec") && base_name.size() >= 11) {
        const std::string_view middle = base_name.substr(3, base_name.size() - 8);
        const auto underscore = middle.find('_', 1);
        if (underscore != std::string_view::npos && underscore + 1 < middle.size()) return 0755;
    }
    return 0644;
}

bool is_in_module(std::string_view name) {
    for (const std::string_view part : {"api/", "doc/", "misc/", "test/"})
        if (name.starts_with(part)) return false;
    return true;
}

}  // namespace gov::toolchain
