// SPDX-License-Identifier: Apache-2.0
#include "cross/c_settings.hpp"

namespace gov::cross {

void CSettings::apply(const CSettings& over) {
    const auto take = [](auto& to, const auto& from) {
        if (from) to = from;
    };
    take(cgo, over.cgo);
    take(compiler, over.compiler);
    take(glibc, over.glibc);
    take(musl, over.musl);
    take(is_static, over.is_static);
    take(macos_min, over.macos_min);
    take(sdk, over.sdk);
    take(crt, over.crt);
    take(inputs, over.inputs);
}

std::optional<Cgo> parse_cgo(std::string_view text) noexcept {
    if (text == "auto") return Cgo::automatic;
    if (text == "on") return Cgo::on;
    if (text == "off") return Cgo::off;
    return std::nullopt;
}

std::optional<Crt> parse_crt(std::string_view text) noexcept {
    if (text == "msvcrt") return Crt::msvcrt;
    if (text == "ucrt") return Crt::ucrt;
    return std::nullopt;
}

std::string_view name_of(Crt crt) noexcept {
    return crt == Crt::msvcrt ? "msvcrt" : "ucrt";
}

bool is_dotted_version(std::string_view text) noexcept {
    bool after_digit = false;
    for (const char letter : text) {
        const bool is_digit = letter >= '0' && letter <= '9';
        if (!is_digit && (letter != '.' || !after_digit)) return false;
        after_digit = is_digit;
    }
    return after_digit && text.size() < 16;
}

}  // namespace gov::cross
