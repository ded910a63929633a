// SPDX-License-Identifier: Apache-2.0
#pragma once
// PartialFile: a download on its way, with what a later run needs in order to go on with it.

#include "base/unique_fd.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gov::download {

// The file "NAME.partial" and a note "NAME.resume" beside it. Both are gone when this is, unless
// keep() was called last. One process at a time: the caller holds the version's lock.
class PartialFile {
public:
    // What the file holds the beginning of.
    struct Note {
        std::string url;         // without credentials
        std::string etag;        // strong
        std::uint64_t size = 0;  // of the whole
        // How much of the beginning is there; nullopt: as much as the file is long.
        std::optional<std::uint64_t> bytes = std::nullopt;
    };

    // Makes or opens the file below `directory`, which it makes. Throws Error.
    PartialFile(const std::filesystem::path& directory, const std::string& name);
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;
    ~PartialFile();

    int fd() const noexcept { return fd_.get(); }

    // What an earlier run left of `url`, with `bytes` set; nullopt where it left nothing of use.
    std::optional<Note> kept(const std::string& url) const;

    // Writes `note`: from now on the files stay. One that cannot be written is worth no failure.
    void keep(const Note& note) noexcept;

    // From now on the files go when this does; the note goes at once.
    void drop() noexcept;

    // Removes both now.
    void remove() noexcept;

    // Whether what an earlier run left has been gone on with.
    bool is_resumed() const noexcept { return is_resumed_; }
    void set_resumed() noexcept { is_resumed_ = true; }

private:
    std::filesystem::path path_;
    std::filesystem::path note_path_;
    base::UniqueFd fd_;
    bool stays_ = false;
    bool is_resumed_ = false;
};

}  // namespace gov::download
