// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/macos_stubs.hpp"

#include "base/file.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view directive = "//go:cgo_import_dynamic ";
constexpr std::array<std::string_view, 6> packages{
    "crypto/x509", "internal/syscall/unix", "net", "os/user", "runtime", "syscall"};

// The size that Go's internal/syscall/unix asserts of its counterpart.
constexpr const char* resolver_header =
    "#pragma once\n"
    "typedef struct __res_state { unsigned long long opaque[69]; } *res_state;\n";

std::string_view take_word(std::string_view& line) {
    const auto start = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(start);
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    return word;
}

bool is_for_macos(const fs::path& file) {
    const std::string& name = file.native();
    return name.ends_with(".go") &&
           (name.find("darwin") != std::string::npos || name.find("/macos/") != std::string::npos ||
            name.find("/macOS/") != std::string::npos);
}

// A library as linkers read it in place of the real one (TAPI's text format, version 4).
std::string stub(std::string_view library, const std::set<std::string>& symbols) {
    constexpr const char* targets = "[ x86_64-macos, arm64-macos, arm64e-macos ]";
    std::string names;
    for (const std::string& symbol : symbols)
        names += base::format("{}_{}", names.empty() ? "" : ", ", symbol);
    return base::format(
        "--- !tapi-tbd\n"
        "tbd-version:     4\n"
        "targets:         {0}\n"
        "install-name:    '{1}'\n"
        "current-version: 1\n"
        "exports:\n"
        "  - targets:         {0}\n"
        "    symbols:         [ {2} ]\n"
        "...\n",
        targets, library, names);
}

// "libresolv" for /usr/lib/libresolv.9.dylib.
std::string plain_name(std::string_view library) {
    const std::string_view file = library.substr(library.find_last_of('/') + 1);
    return std::string{file.substr(0, file.find('.'))};
}

}  // namespace

void add_macos_imports(std::string_view text, MacosImports& imports) {
    for (auto at = text.find(directive); at != std::string_view::npos;
         at = text.find(directive, at + 1)) {
        if (at != 0 && text[at - 1] != '\n') continue;
        const auto start = at + directive.size();
        std::string_view line = text.substr(start, text.find('\n', start) - start);
        take_word(line);
        const std::string_view symbol = take_word(line);
        std::string_view library = take_word(line);
        if (library.size() < 3 || library.front() != '"') continue;
        library.remove_prefix(1);
        library = library.substr(0, library.find('"'));
        const bool counts = library.starts_with("/System/Library/Frameworks/") ||
                            library.starts_with("/usr/lib/libresolv");
        if (counts) imports[std::string{library}].emplace(symbol);
    }
}

MacosImports find_macos_imports(const fs::path& goroot) {
    constexpr std::size_t limit = 4U << 20U;
    MacosImports imports;
    std::error_code problem;
    for (const std::string_view package : packages)
        for (fs::recursive_directory_iterator file{goroot / "src" / package, problem}, end;
             file != end; file.increment(problem))
            if (is_for_macos(file->path()))
                if (const auto text = base::read_file(file->path(), limit))
                    add_macos_imports(*text, imports);
    return imports;
}

std::map<std::string, SmallFile> macos_stubs(const MacosImports& imports) {
    std::map<std::string, SmallFile> files{{"include/resolv.h", {resolver_header}}};
    for (const auto& [library, symbols] : imports) {
        const std::string name = plain_name(library);
        const bool is_framework = library.starts_with("/System/");
        const std::string file = is_framework
                                     ? base::format("Frameworks/{0}.framework/{0}.tbd", name)
                                     : base::format("lib/{}.tbd", name);
        files.emplace(file, SmallFile{stub(library, symbols)});
    }
    return files;
}

}  // namespace gov::cross
