// SPDX-License-Identifier: Apache-2.0
#include "activation/dependencies.hpp"

#include <sys/stat.h>

namespace gov::activation {

void Dependencies::watch(const std::filesystem::path& path) {
    struct stat status;
    const bool is_there = ::stat(path.c_str(), &status) == 0;
    files.push_back({path, is_there ? std::optional{status.st_mtim} : std::nullopt});
}

}  // namespace gov::activation
