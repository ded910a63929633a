// SPDX-License-Identifier: Apache-2.0
#include "activation/landmark.hpp"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>

namespace gov::activation {

Surroundings surroundings_of(std::string_view directory) {
    Surroundings found;
    if (directory.ends_with('/')) directory.remove_suffix(1);
    std::string path;
    for (;;) {
        for (std::size_t i = 0; i < landmark_names.size(); ++i) {
            path.assign(directory).append("/").append(landmark_names[i]);
            struct stat status;
            if (::lstat(path.c_str(), &status) != 0) continue;
            if (S_ISLNK(status.st_mode) && ::stat(path.c_str(), &status) != 0)
                found.dead_links.push_back({path, errno == ELOOP});
            else
                found.landmarks.push_back({static_cast<Landmark::Kind>(i), path, status.st_mtim,
                                           S_ISDIR(status.st_mode)});
        }
        const auto slash = directory.rfind('/');
        if (slash == std::string_view::npos) return found;
        directory = directory.substr(0, slash);
    }
}

std::vector<Landmark> landmarks_of(std::string_view directory) {
    return surroundings_of(directory).landmarks;
}

std::span<const Landmark> within_walk(std::span<const Landmark> landmarks) {
    const auto pin = std::ranges::find_if(landmarks, &Landmark::is_pin_file);
    if (pin == landmarks.end()) return landmarks;
    const std::string_view directory = pin->directory();
    const auto beyond = std::find_if(pin, landmarks.end(), [&](const Landmark& landmark) {
        return landmark.directory() != directory;
    });
    return {landmarks.begin(), beyond};
}

}  // namespace gov::activation
