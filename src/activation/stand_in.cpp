// SPDX-License-Identifier: Apache-2.0
#include "activation/stand_in.hpp"

#include "activation/own_program.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

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
        throw base::system_error(base::format("making the stand-in {}", path), reason);
    }
}

}  // namespace

void prepare_stand_in(const store::Places& places, const base::Environment& environment) {
    const std::string program = lasting_path(environment);
    for (const std::string_view name : shim_names) {
        const fs::path path = places.shims() / name;
        std::error_code absent;
        if (fs::read_symlink(path, absent) == program) continue;
        base::make_private_directory(places.shims());
        link_over(program, path.native());
    }
}

}  // namespace gov::activation
