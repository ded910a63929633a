// SPDX-License-Identifier: Apache-2.0
#include "store/places.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <pwd.h>
#include <unistd.h>

namespace gov::store {

namespace fs = std::filesystem;

namespace {

// The value of `variable`, which must be absolute where it is set; nullopt where it is not.
std::optional<fs::path> absolute(const base::Environment& environment, std::string_view variable) {
    const auto value = environment.non_empty(variable);
    if (!value) return std::nullopt;
    if (!value->starts_with('/'))
        throw base::Error{base::format("{} is \"{}\", which is not an absolute path", variable,
                                       base::printable(*value)),
                          base::format("set {} to a path that starts with /", variable),
                          base::ExitCode::usage};
    return fs::path{*value}.lexically_normal();
}

// As operator/ has it, which takes both apart and costs prompts more than all of Places.
fs::path below(const fs::path& directory, std::string_view name) {
    std::string path = directory.native();
    if (!path.ends_with('/')) path += '/';
    return path.append(name);
}

}  // namespace

fs::path home_directory(const base::Environment& environment) {
    if (const auto home = environment.non_empty("HOME"); home && home->starts_with('/'))
        return *home;
    const passwd* user = ::getpwuid(::getuid());
    if (user != nullptr && user->pw_dir != nullptr && user->pw_dir[0] == '/') return user->pw_dir;
    throw base::Error{"no home directory is known: HOME is not set to an absolute path",
                      "set HOME, or GOV_HOME and the XDG variables", base::ExitCode::usage};
}

Places Places::of(const base::Environment& environment) {
    const auto place = [&](std::string_view variable, std::string_view fallback) {
        if (const auto base_directory = absolute(environment, variable))
            return below(*base_directory, "gov");
        return below(home_directory(environment), fallback);
    };
    Places places;
    const auto own = absolute(environment, "GOV_HOME");
    places.home = own ? *own : place("XDG_DATA_HOME", ".local/share/gov");
    places.config = place("XDG_CONFIG_HOME", ".config/gov");
    places.state = place("XDG_STATE_HOME", ".local/state/gov");
    places.cache = place("XDG_CACHE_HOME", ".cache/gov");
    return places;
}

}  // namespace gov::store
