// SPDX-License-Identifier: Apache-2.0
#include "cross/file_stamp.hpp"

#include "base/format.hpp"

#include <set>

#include <sys/stat.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using std::chrono::nanoseconds;
using std::chrono::seconds;

nanoseconds since_1970(const timespec& time) {
    return seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

constexpr const char* go_files = "*.go";

std::string names_of_go_files(const fs::path& directory) {
    std::set<std::string> names;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator{directory, ignored})
        if (entry.path().extension() == ".go") names.insert(entry.path().filename());
    std::string text;
    for (const std::string& name : names) text += name + "/";
    return text;
}

}  // namespace

FileStamp stamp_of(const fs::path& path) {
    if (path.filename() == go_files) return {path, names_of_go_files(path.parent_path())};
    struct stat found = {};
    if (::stat(path.c_str(), &found) != 0) return {path, "-"};
    return {path,
            base::format("{}.{}.{}.{}.{}", found.st_dev, found.st_ino, found.st_size,
                         since_1970(found.st_mtim).count(), since_1970(found.st_ctim).count())};
}

bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point moment) {
    constexpr std::chrono::milliseconds step{20};  // of coarse clocks, and then some
    struct stat found = {};
    if (::stat(stamp.path.c_str(), &found) != 0) return true;
    return since_1970(found.st_ctim) + step < moment.time_since_epoch();
}

}  // namespace gov::cross
