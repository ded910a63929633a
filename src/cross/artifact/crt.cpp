// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/crt.hpp"

#include "base/ascii.hpp"

#include <string>

namespace gov::cross {

std::optional<Crt> parse_crt(std::string_view text) noexcept {
    if (text == "msvcrt") return Crt::msvcrt;
    if (text == "ucrt") return Crt::ucrt;
    return std::nullopt;
}

std::string_view name_of(Crt crt) noexcept {
    return crt == Crt::msvcrt ? "msvcrt" : "ucrt";
}

std::optional<Crt> crt_of(const Artifact& artifact) {
    std::optional<Crt> crt;
    for (const std::string& library : artifact.libraries) {
        const std::string name = base::lower_case(library);
        if (name.starts_with("api-ms-win-crt-") || name == "ucrtbase.dll") return Crt::ucrt;
        if (name == "msvcrt.dll") crt = Crt::msvcrt;
    }
    return crt;
}

}  // namespace gov::cross
