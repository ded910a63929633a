// SPDX-License-Identifier: Apache-2.0
#include "download/partial_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "download/little_endian.hpp"

#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>

namespace gov::download {

namespace fs = std::filesystem;
using base::Json;

namespace {

constexpr std::size_t largest_note = 64 * 1024;

// Whatever else stands in the file's place is removed.
base::UniqueFd open_regular(const fs::path& path) {
    const auto open = [&] {
        return base::UniqueFd{
            ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)};
    };
    base::UniqueFd fd = open();
    struct stat status = {};
    if (fd && ::fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode)) return fd;
    std::error_code failed;
    fs::remove_all(path, failed);
    fd = open();
    if (!fd) throw base::system_error(base::format("making the file {}", path.native()), errno);
    return fd;
}

std::optional<PartialFile::Note> parse_note(const std::string& text) {
    const Json json = Json::parse(text);
    PartialFile::Note note{std::string{json.text("url")}, std::string{json.text("etag")}};
    const Json* size = json.find("size");
    if (size == nullptr || size->as_integer() == nullptr || *size->as_integer() <= 0)
        return std::nullopt;
    note.size = static_cast<std::uint64_t>(*size->as_integer());
    if (const Json* bytes = json.find("bytes"); bytes != nullptr && bytes->as_integer() != nullptr)
        note.bytes = static_cast<std::uint64_t>(*bytes->as_integer());
    return note;
}

std::string text_of(const PartialFile::Note& note) {
    Json::Object members{
        {"url", note.url}, {"etag", note.etag}, {"size", static_cast<std::int64_t>(note.size)}};
    if (note.bytes) members.emplace_back("bytes", static_cast<std::int64_t>(*note.bytes));
    return Json{std::move(members)}.write();
}

}  // namespace

PartialFile::PartialFile(const fs::path& directory, const std::string& name)
    : path_{directory / (name + ".partial")}, note_path_{directory / (name + ".resume")} {
    base::make_private_directory(directory);
    fd_ = open_regular(path_);
}

PartialFile::~PartialFile() {
    if (!stays_ && fd_) remove();
}

std::optional<PartialFile::Note> PartialFile::kept(const std::string& url) const {
    try {
        const auto text = base::read_file(note_path_, largest_note);
        auto note = text ? parse_note(*text) : std::nullopt;
        const std::uint64_t there = size_of(fd());
        if (!note || note->url != url || !note->etag.starts_with('"')) return std::nullopt;
        if (!note->bytes) note->bytes = there;
        if (*note->bytes == 0 || *note->bytes > there || *note->bytes > note->size)
            return std::nullopt;
        return note;
    } catch (const base::Error&) {
        return std::nullopt;  // a damaged note is as good as none
    }
}

// Neither file is synced: after a power cut the hash of the whole tells.
void PartialFile::keep(const Note& note) noexcept {
    try {
        const fs::path fresh = fs::path{path_}.replace_extension(".new");
        if (std::ofstream stream{fresh, std::ios::binary}; !(stream << text_of(note)).flush()) {
            ::unlink(fresh.c_str());  // on a full disk, a part of it
            return;
        }
        fs::rename(fresh, note_path_);
        stays_ = true;
    } catch (const std::exception&) {
        return;
    }
}

void PartialFile::drop() noexcept {
    stays_ = false;
    ::unlink(note_path_.c_str());
}

void PartialFile::remove() noexcept {
    drop();
    ::unlink(path_.c_str());
    fd_.reset();
}

}  // namespace gov::download
