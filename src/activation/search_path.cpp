// SPDX-License-Identifier: Apache-2.0
#include "activation/search_path.hpp"

namespace gov::activation {

bool can_be_entry(std::string_view directory) {
    return directory.starts_with('/') && directory.find_first_of(":\n") == std::string_view::npos;
}

std::string with_entry(const std::optional<std::string>& path, std::string_view entry) {
    std::string result{entry};
    if (path) result.append(":").append(*path);
    return result;
}

std::optional<std::string> without_entry(const std::optional<std::string>& path,
                                         std::string_view entry) {
    if (!path || *path == entry) return std::nullopt;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = std::min(path->find(':', begin), path->size());
        const bool last = end == path->size();
        if (std::string_view{*path}.substr(begin, end - begin) == entry) {
            // The entry goes with the colon after it, the last one with the colon before it.
            std::string result = *path;
            result.erase(last ? begin - 1 : begin, end - begin + 1);
            return result;
        }
        if (last) return path;
        begin = end + 1;
    }
}

}  // namespace gov::activation
