// SPDX-License-Identifier: Apache-2.0
#pragma once
// CSettings: what a project says of the C code in its programs.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

enum class Cgo { automatic, on, off };  // automatic: where a package of the program has C code
enum class Crt { msvcrt, ucrt };        // the C runtime of Windows programs

// nullopt: as where it is not said otherwise.
struct CSettings {
    std::optional<Cgo> cgo = {};
    std::optional<std::string> compiler = {};   // zig, mingw, gcc, clang, musl, or a command
    std::optional<std::string> glibc = {};      // the oldest that programs are to start on: "2.17"
    std::optional<bool> musl = {};              // musl in place of glibc
    std::optional<bool> is_static = {};         // linux programs without a loader
    std::optional<std::string> macos_min = {};  // "11.0"
    std::optional<std::string> sdk = {};        // Apple's, a directory
    std::optional<Crt> crt = {};
    std::optional<std::vector<std::string>> inputs = {};  // patterns of files that C code reads

    // Takes what `over` says.
    void apply(const CSettings& over);
};

// "auto", "on", "off"; "msvcrt", "ucrt". nullopt for anything else.
std::optional<Cgo> parse_cgo(std::string_view text) noexcept;
std::optional<Crt> parse_crt(std::string_view text) noexcept;
std::string_view name_of(Crt crt) noexcept;

// Whether `text` is a version of digits and dots, as glibc's and macOS's are: "2.17".
bool is_dotted_version(std::string_view text) noexcept;

}  // namespace gov::cross
