// SPDX-License-Identifier: Apache-2.0
#include "activation/landmark.hpp"

#include <sys/stat.h>

namespace gov::activation {

std::vector<Landmark> landmarks_of(std::string_view directory) {
    std::vector<Landmark> found;
    if (directory.ends_with('/')) directory.remove_suffix(1);
    std::string path;
    for (;;) {
        for (std::size_t i = 0; i < landmark_names.size(); ++i) {
            path.assign(directory).append("/").append(landmark_names[i]);
            struct stat status;
            if (::stat(path.c_str(), &status) == 0)
                found.push_back({static_cast<Landmark::Kind>(i), path, status.st_mtim,
                                 S_ISDIR(status.st_mode)});
        }
        const auto slash = directory.rfind('/');
        if (slash == std::string_view::npos) return found;
        directory = directory.substr(0, slash);
    }
}

}  // namespace gov::activation
