// SPDX-License-Identifier: Apache-2.0
#include "cache/disk_cache.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::cache {

namespace fs = std::filesystem;

namespace {

constexpr std::time_t use_is_noted_for = 3600;       // cmd/go/internal/cache: mtimeInterval
constexpr std::time_t trim_interval = 24 * 3600;     // trimInterval
constexpr std::time_t unused_limit = 5 * 24 * 3600;  // trimLimit
constexpr std::size_t largest_entry = 256;           // of an entry's file, in bytes
constexpr std::string_view trim_file = "trim.txt";

// The status of the regular file `path`; nullopt where there is none.
std::optional<struct stat> status_of(const fs::path& path) {
    struct stat status;
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return status;
}

void mark_used(const fs::path& path, const struct stat& status) {
    if (std::time(nullptr) - status.st_mtime < use_is_noted_for) return;
    ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);  // in vain: it is only trimmed earlier
}

bool is_digit(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Calls `take` with every file of the cache whose name ends in `ending`.
template <class Take>
void for_each_file(const fs::path& directory, std::string_view ending, const Take& take) {
    std::error_code gone;
    for (const fs::directory_entry& folder : fs::directory_iterator{directory, gone}) {
        const std::string name = folder.path().filename().native();
        if (name.size() != 2 || !is_digit(name[0]) || !is_digit(name[1])) continue;
        for (const fs::directory_entry& file : fs::directory_iterator{folder.path(), gone})
            if (file.path().native().ends_with(ending)) take(file.path());
    }
}

}  // namespace

fs::path DiskCache::file(const base::Digest& id, std::string_view kind) const {
    const std::string hex = base::to_hex(id);
    return directory_ / hex.substr(0, 2) / (hex + std::string{kind});
}

fs::path DiskCache::body_file(const base::Digest& output) const {
    return file(output, "-d");
}

bool DiskCache::has_body(const Entry& entry) const {
    const fs::path path = body_file(entry.output);
    const auto status = status_of(path);
    if (!status || static_cast<std::uint64_t>(status->st_size) != entry.size) return false;
    mark_used(path, *status);
    return true;
}

std::optional<Entry> DiskCache::find(const ActionId& action) const {
    const fs::path path = file(action, "-a");
    const base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat status;
    if (!fd || ::fstat(fd.get(), &status) != 0) return std::nullopt;
    std::array<char, largest_entry> text;
    const ssize_t length = ::read(fd.get(), text.data(), text.size());
    if (length < 0) return std::nullopt;
    const auto entry = parse_entry(action, {text.data(), static_cast<std::size_t>(length)});
    if (!entry || !has_body(*entry)) return std::nullopt;
    mark_used(path, status);
    return entry;
}

// Not synced, as the go command does not: what a crash leaves empty is of the wrong size. Until it
// is whole its name ends as that of an entry does, so that trimming finds what was never finished.
void DiskCache::write(const fs::path& path, base::Bytes content) const {
    constexpr int ending = 2;
    std::string name = path.native();
    name.insert(name.size() - ending, ".XXXXXX");
    base::UniqueFd fd{::mkostemps(name.data(), ending, O_CLOEXEC)};
    if (!fd && errno == ENOENT) {
        fs::create_directories(path.parent_path());
        name.replace(name.size() - ending - 6, 6, "XXXXXX");
        fd = base::UniqueFd{::mkostemps(name.data(), ending, O_CLOEXEC)};
    }
    if (!fd) throw base::system_error("writing " + path.native(), errno);
    try {
        base::write_all(fd.get(), content, path.native());
        if (::fchmod(fd.get(), 0644) != 0 || ::rename(name.c_str(), path.c_str()) != 0)
            throw base::system_error("writing " + path.native(), errno);
    } catch (...) {
        ::unlink(name.c_str());
        throw;
    }
}

void DiskCache::put(const ActionId& action, const Entry& entry, base::Bytes body) const {
    if (!has_body(entry)) write(body_file(entry.output), body);
    put(action, entry);
}

void DiskCache::put(const ActionId& action, const Entry& entry) const {
    write(file(action, "-a"), base::as_bytes(entry_text(action, entry)));
}

std::vector<std::pair<ActionId, Entry>> DiskCache::used_since(
    std::chrono::system_clock::time_point time) const {
    const std::time_t earliest = std::chrono::system_clock::to_time_t(time) - use_is_noted_for;
    std::vector<std::pair<ActionId, Entry>> used;
    for_each_file(directory_, "-a", [&](const fs::path& path) {
        const auto status = status_of(path);
        const std::string name = path.filename().native();
        const auto action = base::digest_from_hex(std::string_view{name}.substr(0, 64));
        if (!action || name.size() != 66 || !status || status->st_mtime < earliest) return;
        const auto text = base::read_file(path, largest_entry);
        const auto entry = text ? parse_entry(*action, *text) : std::nullopt;
        if (entry && has_body(*entry)) used.emplace_back(*action, *entry);
    });
    return used;
}

DiskCache::Size DiskCache::size() const {
    Size size;
    for_each_file(directory_, "-a", [&](const fs::path&) { ++size.entries; });
    for_each_file(directory_, "-d", [&](const fs::path& path) {
        if (const auto status = status_of(path))
            size.bytes += static_cast<std::uint64_t>(status->st_size);
    });
    return size;
}

void DiskCache::trim() const {
    const std::time_t now = std::time(nullptr);
    const fs::path note = directory_ / trim_file;
    const auto last = status_of(note);
    if (last && now - last->st_mtime < trim_interval) return;
    for (const char* ending : {"-a", "-d"})
        for_each_file(directory_, ending, [&](const fs::path& path) {
            const auto status = status_of(path);
            if (status && status->st_mtime < now - unused_limit - use_is_noted_for)
                ::unlink(path.c_str());
        });
    base::write_file_atomically(note, base::format("{}", now));
}

}  // namespace gov::cache
