// SPDX-License-Identifier: Apache-2.0
#include "project/go_env.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/process.hpp"

#include <cassert>

namespace gov::project {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t size_limit = 1024 * 1024;

}  // namespace

fs::path user_env_file(const base::Environment& environment) {
    if (const auto file = environment.non_empty("GOENV"))
        return *file == "off" ? fs::path{} : fs::path{*file};
    if (const auto config = environment.non_empty("XDG_CONFIG_HOME"))
        return fs::path{*config} / "go" / "env";
    if (const auto home = environment.non_empty("HOME"))
        return fs::path{*home} / ".config" / "go" / "env";
    return {};
}

// Lines are KEY=VALUE with a key that starts with A to Z; all others are passed over, and nothing
// is quoted.
GoEnv::Settings GoEnv::read(const fs::path& file) {
    Settings settings;
    const auto text = file.empty() ? std::nullopt : base::read_file(file, size_limit);
    if (!text) return settings;
    std::string_view rest = *text;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || line[0] < 'A' || line[0] > 'Z') continue;
        settings.insert_or_assign(std::string{line.substr(0, equals)},
                                  std::string{line.substr(equals + 1)});
    }
    return settings;
}

GoEnv::GoEnv(const base::Environment& environment, const std::vector<fs::path>& goroots)
    : environment_{environment}, user_{read(user_env_file(environment))} {
    for (const fs::path& goroot : goroots) {
        assert(goroot.is_absolute());  // a go.env that happens to lie about is nobody's setting
        goroot_ = read(goroot / "go.env");
        if (!goroot_.empty()) return;
    }
}

std::string GoEnv::get(std::string_view name) const {
    if (const auto value = environment_.non_empty(name)) return std::string{*value};
    for (const Settings* settings : {&user_, &goroot_}) {
        const auto found = settings->find(name);
        if (found != settings->end()) return found->second;
    }
    return {};
}

fs::path goroot_on_path(const base::Environment& environment) {
    const std::string go = base::find_program("go", environment.get("PATH").value_or(""));
    if (go.empty()) return {};
    std::error_code failed;
    const fs::path program = fs::canonical(go, failed);
    if (failed) return {};
    const fs::path goroot = program.parent_path().parent_path();
    return fs::is_regular_file(goroot / "VERSION", failed) ? goroot : fs::path{};
}

std::optional<toolchain::GoVersion> version_of_goroot(const fs::path& goroot) {
    try {
        const auto text = base::read_file(goroot / "VERSION", size_limit);
        if (!text) return std::nullopt;
        return toolchain::GoVersion::of_toolchain(
            std::string_view{*text}.substr(0, text->find('\n')));
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

}  // namespace gov::project
