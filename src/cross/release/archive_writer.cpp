// SPDX-License-Identifier: Apache-2.0
#include "cross/release/archive_writer.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/lazy_library.hpp"
#include "base/mapped_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include <stdlib.h>
#include <time.h>

namespace gov::cross {

namespace {

using base::Error;

struct ArchiveWriterApi {
    base::LazyLibrary library{"libarchive.so.13", "libarchive13"};
    GOV_SYMBOL(archive_, write_new);
    GOV_SYMBOL(archive_, write_free);
    GOV_SYMBOL(archive_, write_close);
    GOV_SYMBOL(archive_, write_add_filter_gzip);
    GOV_SYMBOL(archive_, write_set_format_ustar);
    GOV_SYMBOL(archive_, write_set_format_zip);
    GOV_SYMBOL(archive_, write_set_options);
    GOV_SYMBOL(archive_, write_open_filename);
    GOV_SYMBOL(archive_, write_header);
    GOV_SYMBOL(archive_, write_data);
    GOV_SYMBOL(archive_, error_string);
    GOV_SYMBOL(archive_, entry_new);
    GOV_SYMBOL(archive_, entry_free);
    GOV_SYMBOL(archive_, entry_set_pathname);
    GOV_SYMBOL(archive_, entry_set_size);
    GOV_SYMBOL(archive_, entry_set_mode);
    GOV_SYMBOL(archive_, entry_set_mtime);
};

const ArchiveWriterApi& api() {
    static const ArchiveWriterApi functions;
    return functions;
}

struct ArchiveEnd {
    void operator()(::archive* handle) const noexcept { api().write_free(handle); }
};
struct EntryEnd {
    void operator()(::archive_entry* entry) const noexcept { api().entry_free(entry); }
};

class ArchiveWriter {
public:
    ArchiveWriter(const std::filesystem::path& path, ArchiveKind kind)
        : handle_{api().write_new()} {
        if (!handle_) throw Error{"libarchive has no memory"};
        if (kind == ArchiveKind::zip) {
            check(api().write_set_format_zip(handle_.get()));
            check(api().write_set_options(handle_.get(), "zip:compression=deflate"));
        } else {
            check(api().write_add_filter_gzip(handle_.get()));
            check(api().write_set_format_ustar(handle_.get()));
            // Neither a time nor a name in gzip's header.
            check(
                api().write_set_options(handle_.get(), "gzip:!timestamp,gzip:compression-level=9"));
        }
        check(api().write_open_filename(handle_.get(), path.c_str()));
    }

    void add(const ArchiveMember& member, std::int64_t seconds) {
        const base::MappedFile file{member.file};
        const std::unique_ptr<::archive_entry, EntryEnd> entry{api().entry_new()};
        if (!entry) throw Error{"libarchive has no memory"};
        api().entry_set_pathname(entry.get(), member.name.c_str());
        api().entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes().size()));
        constexpr unsigned regular_file = 0100000;
        api().entry_set_mode(entry.get(), regular_file | (member.is_program ? 0755U : 0644U));
        api().entry_set_mtime(entry.get(), seconds, 0);
        check(api().write_header(handle_.get(), entry.get()));
        for (Bytes rest = file.bytes(); !rest.empty();) {
            const la_ssize_t written = api().write_data(handle_.get(), rest.data(), rest.size());
            if (written <= 0) fail();
            rest = rest.subspan(static_cast<std::size_t>(written));
        }
    }

    void close() { check(api().write_close(handle_.get())); }

private:
    using Bytes = base::Bytes;

    [[noreturn]] void fail() const {
        const char* reason = api().error_string(handle_.get());
        throw Error{base::format("libarchive: {}", reason != nullptr ? reason : "unknown")};
    }

    void check(int status) const {
        if (status != ARCHIVE_OK) fail();
    }

    std::unique_ptr<::archive, ArchiveEnd> handle_;
};

}  // namespace

void write_archive(const std::filesystem::path& path, ArchiveKind kind,
                   std::vector<ArchiveMember> members, std::int64_t seconds) {
    base::while_doing("writing " + path.native(), [&] {
        constexpr std::int64_t first_of_zip = 315532800;  // 1980
        ::setenv("TZ", "UTC", 1);
        ::tzset();
        std::sort(members.begin(), members.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        ArchiveWriter writer{path, kind};
        for (const ArchiveMember& member : members)
            writer.add(member,
                       kind == ArchiveKind::zip ? std::max(seconds, first_of_zip) : seconds);
        writer.close();
    });
}

}  // namespace gov::cross
