// SPDX-License-Identifier: Apache-2.0
#include "activation/landmark.hpp"

#include "project/pin_file.hpp"

#include <sys/stat.h>

namespace gov::activation {

bool Landmark::is_pin_file() const {
    return path.ends_with(project::pin_file_name);
}

std::vector<Landmark> landmarks_of(std::string_view directory) {
    std::vector<Landmark> found;
    if (directory.ends_with('/')) directory.remove_suffix(1);
    std::string path;
    for (;;) {
        for (const std::string_view name : landmark_names) {
            path.assign(directory).append("/").append(name);
            struct stat status;
            if (::stat(path.c_str(), &status) == 0) found.push_back({path, status.st_mtim});
        }
        const auto slash = directory.rfind('/');
        if (slash == std::string_view::npos) return found;
        directory = directory.substr(0, slash);
    }
}

}  // namespace gov::activation
