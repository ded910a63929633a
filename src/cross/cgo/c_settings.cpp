// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_settings.hpp"

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

}  // namespace gov::cross
