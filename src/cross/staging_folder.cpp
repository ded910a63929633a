// SPDX-License-Identifier: Apache-2.0
#include "cross/staging_folder.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>

#include <fcntl.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = ".gov-";
constexpr std::string_view random = "XXXXXX";  // what mkdtemp replaces
constexpr const char* lock_name = "lock";
constexpr const char* ignore_name = ".gitignore";

// Folders whose lock nobody holds are those of a gov that was killed.
void remove_abandoned(const fs::path& output) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator{output, ignored}) {
        const std::string name = entry.path().filename();
        if (!name.starts_with(prefix) || name.size() != prefix.size() + random.size()) continue;
        const fs::path lock_file = entry.path() / lock_name;
        if (!fs::is_regular_file(lock_file, ignored)) continue;
        if (const auto lock = base::FileLock::try_take(lock_file))
            fs::remove_all(entry.path(), ignored);
    }
}

void ignore_all_in(const fs::path& folder) {
    const fs::path ignore_file = folder / ignore_name;
    const base::UniqueFd fd{::open(ignore_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)};
    if (!fd) throw base::system_error(base::format("writing {}", ignore_file.native()), errno);
    base::write_all(fd.get(), base::as_bytes("*\n"), ignore_file.native());
}

bool holds_only_ignore_file(const fs::path& folder) {
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, problem})
        if (entry.path().filename() != ignore_name) return false;
    return !problem;
}

}  // namespace

StagingFolder::StagingFolder(const fs::path& output) : output_{output} {
    std::error_code problem;
    made_output_ = fs::create_directories(output_, problem);
    if (problem)
        throw base::system_error(base::format("making the directory {}", output_.native()),
                                 problem.value());
    remove_abandoned(output_);
    // Another gov may take the lock of a folder before its maker does, and remove it.
    while (!lock_ || !fs::exists(path_ / lock_name)) {
        std::string name = base::format("{}/{}{}", output_.native(), prefix, random);
        if (::mkdtemp(name.data()) == nullptr)
            throw base::system_error(base::format("making a directory in {}", output_.native()),
                                     errno);
        path_ = name;
        lock_ = base::FileLock::try_take(path_ / lock_name);
    }
    ignore_all_in(path_);
    if (made_output_) ignore_all_in(output_);
}

StagingFolder::~StagingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    if (made_output_ && holds_only_ignore_file(output_)) fs::remove_all(output_, ignored);
}

}  // namespace gov::cross
