// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"

#include "base/error.hpp"
#include "base/process.hpp"

#include <filesystem>

namespace gov::activation {

namespace fs = std::filesystem;

std::string own_path() {
    std::error_code failure;
    const fs::path path = fs::read_symlink("/proc/self/exe", failure);
    if (failure) throw base::system_error("asking where gov itself is", failure.value());
    return path;
}

std::string lasting_path(const base::Environment& environment) {
    std::string own = own_path();
    std::string on_path = base::find_program("gov", environment.get("PATH").value_or(""));
    std::error_code failure;
    if (on_path.starts_with('/') && fs::equivalent(on_path, own, failure)) return on_path;
    return own;
}

}  // namespace gov::activation
