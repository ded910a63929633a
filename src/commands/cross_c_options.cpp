// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_c_options.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/artifact/dotted_version.hpp"
#include "store/places.hpp"

#include <algorithm>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;

[[noreturn]] void refuse(std::string_view option, std::string_view value, std::string hint) {
    throw Error{base::format("--{} {}: not what it takes", option, base::printable(value)),
                std::move(hint), ExitCode::usage};
}

std::optional<std::string> version_of(const Arguments& arguments, std::string_view option) {
    const auto text = arguments.value(option);
    if (!text) return std::nullopt;
    if (!cross::is_dotted_version(*text)) refuse(option, *text, "a version, as in 2.17");
    return std::string{*text};
}

}  // namespace

cross::CSettings c_settings_of(const Arguments& arguments) {
    cross::CSettings settings;
    if (const auto text = arguments.value("cgo")) {
        settings.cgo = cross::parse_cgo(*text);
        if (!settings.cgo) refuse("cgo", *text, "auto, on or off");
    }
    if (const auto text = arguments.value("crt")) {
        settings.crt = cross::parse_crt(*text);
        if (!settings.crt) refuse("crt", *text, "msvcrt or ucrt");
    }
    if (const auto text = arguments.value("cc")) settings.compiler = std::string{*text};
    if (const auto text = arguments.value("sdk")) settings.sdk = std::string{*text};
    settings.glibc = version_of(arguments, "glibc");
    settings.macos_min = version_of(arguments, "macos-min");
    if (arguments.has("musl")) settings.musl = true;
    if (arguments.has("static")) settings.is_static = true;
    return settings;
}

cross::CompilerPlaces compiler_places(const base::Environment& environment) {
    const store::Places places = store::Places::of(environment);
    // Compilers get what they need to find themselves, and nothing that changes what they do.
    base::Environment own;
    for (const char* name : {"HOME", "TMPDIR", "DEVELOPER_DIR", "ZIG_GLOBAL_CACHE_DIR"})
        if (const auto value = environment.get(name)) own.set(name, std::string{*value});
    own.set("LC_ALL", "C");
    std::string path{environment.get("PATH").value_or("")};
    if (!path.empty()) path += ':';
    own.set("PATH", path + "/usr/local/bin:/usr/bin:/bin");
    return {.host = toolchain::Platform::host(),
            .environment = std::move(own),
            .installed = places.home / "compilers",
            .cache = places.cache / "compilers"};
}

}  // namespace gov::commands
