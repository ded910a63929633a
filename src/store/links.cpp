// SPDX-License-Identifier: Apache-2.0
#include "store/links.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/go_env.hpp"
#include "toolchain/version_spec.hpp"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace gov::store {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

namespace {

// "const Version = 28" of a development tree (cmd/dist reads it in the same way).
std::optional<GoVersion> version_of_source(const fs::path& goroot) {
    constexpr std::size_t longest = 64 * 1024;
    constexpr std::string_view before = "\nconst Version = ";
    try {
        const std::string text =
            base::read_file(goroot / "src/internal/goversion/goversion.go", longest).value_or("");
        const std::size_t start = text.find(before);
        if (start == std::string::npos) return std::nullopt;
        const std::string_view rest = std::string_view{text}.substr(start + before.size());
        return GoVersion::parse(
            base::format("1.{}", rest.substr(0, rest.find_first_not_of("0123456789"))));
    } catch (const Error&) {
        return std::nullopt;
    }
}

// What is wrong with `goroot` as a toolchain's directory goes to `reason`.
std::optional<Toolchain> read_goroot(const std::string& name, const fs::path& goroot,
                                     std::string& reason) {
    const fs::path go = goroot / "bin" / "go";
    std::error_code absent;
    if (!fs::is_regular_file(go, absent) || ::access(go.c_str(), X_OK) != 0) {
        reason = "it has no bin/go that can be run";
        return std::nullopt;
    }
    auto version = project::version_of_goroot(goroot);
    if (!version) version = version_of_source(goroot);
    if (!version) {
        reason = "neither VERSION nor src/internal/goversion says which Go it is";
        return std::nullopt;
    }
    return Toolchain{*version, goroot, name};
}

}  // namespace

std::optional<Toolchain> find_linked(const Places& places, std::string_view name) {
    if (!toolchain::can_be_link_name(name)) return std::nullopt;
    std::error_code absent;
    const fs::path goroot = fs::read_symlink(places.links() / name, absent);
    std::string reason;
    if (absent) return std::nullopt;
    return read_goroot(std::string{name}, goroot, reason);
}

std::vector<Toolchain> linked(const Places& places) {
    std::vector<Toolchain> found;
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{places.links(), absent})
        if (auto toolchain = find_linked(places, entry.path().filename().native()))
            found.push_back(std::move(*toolchain));
    std::ranges::sort(found, {}, &Toolchain::link);
    return found;
}

Toolchain link(const Places& places, const std::string& name, const fs::path& goroot) {
    if (!toolchain::can_be_link_name(name))
        throw Error{base::format("no toolchain can be called \"{}\"", base::printable(name)),
                    "a name starts with a letter, has letters, digits, '.', '_', '+' and '-', and "
                    "does not look like a version",
                    ExitCode::usage};
    std::error_code failed;
    const fs::path place = fs::canonical(goroot, failed);
    std::string reason = failed.message();
    const auto toolchain = failed ? std::nullopt : read_goroot(name, place, reason);
    if (!toolchain)
        throw Error{
            base::format("{} is no toolchain: {}", base::printable(goroot.native()), reason),
            "a GOROOT has bin/go; one that is not built yet has src/make.bash", ExitCode::usage};
    base::make_private_directory(places.home);
    base::make_private_directory(places.links());
    const fs::path link = places.links() / name;
    const fs::path aside = link.native() + base::format(".{}~", ::getpid());
    ::unlink(aside.c_str());
    if (::symlink(place.c_str(), aside.c_str()) != 0 ||
        ::rename(aside.c_str(), link.c_str()) != 0) {
        const int error = errno;
        ::unlink(aside.c_str());
        throw base::system_error(base::format("linking {}", name), error);
    }
    return *toolchain;
}

bool unlink(const Places& places, const std::string& name) {
    if (!toolchain::can_be_link_name(name)) return false;
    const fs::path link = places.links() / name;
    std::error_code absent;
    if (!fs::is_symlink(link, absent)) return false;
    if (::unlink(link.c_str()) != 0)
        throw base::system_error(base::format("removing {}", link.native()), errno);
    return true;
}

}  // namespace gov::store
