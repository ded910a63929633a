// SPDX-License-Identifier: Apache-2.0
#include "activation/stand_in.hpp"

#include "activation/own_program.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <cerrno>

#include <unistd.h>

namespace gov::activation {

namespace fs = std::filesystem;

namespace {

// Puts a link to `target` at `path`, over whatever is there.
void link_over(const std::string& target, const std::string& path) {
    const std::string aside = base::format("{}.{}", path, ::getpid());
    if (::symlink(target.c_str(), aside.c_str()) != 0 ||
        ::rename(aside.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        ::unlink(aside.c_str());
        throw base::system_error(base::format("making the link {}", path), reason);
    }
}

// Whether something that is no shim stands at `path`.
bool is_taken(const fs::path& path) {
    std::error_code failure;
    const auto status = fs::symlink_status(path, failure);
    if (!fs::exists(status)) return false;
    if (!fs::is_symlink(status)) return true;
    return fs::exists(path, failure) && !fs::equivalent(path, "/proc/self/exe", failure);
}

}  // namespace

void make_shims(const fs::path& directory, const std::string& program, Replace replace) {
    for (const std::string_view name : shim_names)
        if (const fs::path path = directory / name; replace == Replace::own_links && is_taken(path))
            throw base::Error{base::format("{} is there already and is no shim of gov",
                                           base::printable(path.native())),
                              "remove it, or name another directory"};
    for (const std::string_view name : shim_names) {
        const fs::path path = directory / name;
        std::error_code absent;
        if (fs::read_symlink(path, absent) == program) continue;
        base::make_private_directory(directory);
        link_over(program, path.native());
    }
}

std::size_t remove_shims(const fs::path& directory) {
    std::size_t removed = 0;
    for (const std::string_view name : shim_names) {
        const fs::path path = directory / name;
        std::error_code failure;
        if (!fs::is_symlink(path, failure) || !fs::equivalent(path, "/proc/self/exe", failure))
            continue;
        if (::unlink(path.c_str()) != 0)
            throw base::system_error(base::format("removing {}", path.native()), errno);
        ++removed;
    }
    return removed;
}

void prepare_stand_in(const store::Places& places, const base::Environment& environment) {
    make_shims(places.shims(), lasting_path(environment), Replace::anything);
}

}  // namespace gov::activation
