// SPDX-License-Identifier: Apache-2.0
#include "store/uses.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/fnv1a.hpp"
#include "base/format.hpp"
#include "base/unique_fd.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace gov::store {

namespace fs = std::filesystem;

namespace {

constexpr std::time_t day = 24 * 60 * 60;
constexpr std::size_t longest_record = 8192;  // a path and a line break

fs::path directory_of(const Places& places) {
    return places.state / "uses";
}

bool is_recent(const std::string& record) {
    struct stat status;
    if (::stat(record.c_str(), &status) != 0) return false;
    const std::time_t age = ::time(nullptr) - status.st_mtime;
    return age < day && age > -day;
}

// Aside first: a reader sees a whole record or none. Not synced: it is about a day.
void write_record(const std::string& record, std::string_view text) {
    std::string aside = record + ".XXXXXX";
    const base::UniqueFd fd{::mkostemp(aside.data(), O_CLOEXEC)};
    if (!fd) return;
    try {
        base::write_all(fd.get(), base::as_bytes(text), record);
        if (::rename(aside.c_str(), record.c_str()) == 0) return;
    } catch (const base::Error&) {
        // A full disk.
    }
    ::unlink(aside.c_str());
}

}  // namespace

void note_use(const Places& places, std::string_view toolchain, const fs::path& file) noexcept {
    try {
        const fs::path directory = directory_of(places);
        const std::string record = base::format("{}/{}@{:016x}", directory.native(), toolchain,
                                                base::fnv1a(file.native()));
        if (is_recent(record)) return;
        base::make_private_directory(directory);
        write_record(record, file.native() + "\n");
    } catch (const std::exception&) {
        return;  // see above
    }
}

std::vector<Use> uses(const Places& places) {
    std::vector<Use> found;
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{directory_of(places), absent}) {
        const std::string name = entry.path().filename();
        const std::size_t at = name.rfind('@');
        struct stat status;
        if (at == std::string::npos || name.find('.', at) != std::string::npos ||
            ::stat(entry.path().c_str(), &status) != 0)
            continue;
        std::string text;
        try {
            text = base::read_file(entry.path(), longest_record).value_or("");
        } catch (const base::Error&) {
            continue;
        }
        found.push_back({name.substr(0, at), text.substr(0, text.rfind('\n')), entry.path(),
                         std::chrono::system_clock::from_time_t(status.st_mtime)});
    }
    return found;
}

}  // namespace gov::store
