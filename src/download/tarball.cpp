// SPDX-License-Identifier: Apache-2.0
#include "download/tarball.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/lazy_library.hpp"
#include "base/printable.hpp"
#include "download/gzip_stream.hpp"
#include "download/member_name.hpp"
#include "toolchain/module_files.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <clocale>
#include <memory>

namespace gov::download {

namespace {

using base::Error;
using base::ExitCode;

struct ArchiveApi {
    base::LazyLibrary library{"libarchive.so.13", "libarchive13"};
    GOV_SYMBOL(archive_, read_new);
    GOV_SYMBOL(archive_, read_free);
    GOV_SYMBOL(archive_, read_support_format_tar);
    GOV_SYMBOL(archive_, read_set_options);
    GOV_SYMBOL(archive_, read_open);
    GOV_SYMBOL(archive_, read_next_header);
    GOV_SYMBOL(archive_, read_header_position);
    GOV_SYMBOL(archive_, read_data_block);
    GOV_SYMBOL(archive_, error_string);
    GOV_SYMBOL(archive_, entry_pathname_utf8);
    GOV_SYMBOL(archive_, entry_filetype);
    GOV_SYMBOL(archive_, entry_hardlink);
    GOV_SYMBOL(archive_, entry_symlink);
    GOV_SYMBOL(archive_, entry_size);
    GOV_SYMBOL(archive_, entry_sparse_count);
};

const ArchiveApi& archive_api() {
    static const ArchiveApi api;
    return api;
}

struct ArchiveCloser {
    void operator()(::archive* handle) const noexcept { archive_api().read_free(handle); }
};

[[noreturn]] void refuse(const std::string& what) {
    throw Error{"the archive " + what, {}, ExitCode::verification};
}

// One release archive being read: libarchive parses the tar, this decides what may be in it.
class TarReader {
public:
    TarReader(ArchiveFile& file, MemberSink& sink, bool takes_all)
        : stream_{file}, sink_{sink}, takes_all_{takes_all} {}

    void read() {
        open();
        for (::archive_entry* entry = nullptr; next(entry);) take(entry);
        refuse_data_after_end();
    }

private:
    static la_ssize_t on_read(::archive*, void* self, const void** block) noexcept {
        auto& reader = *static_cast<TarReader*>(self);
        try {
            reader.block_start_ += reader.block_.size();
            reader.block_ = reader.stream_.next();
            *block = reader.block_.data();
            return static_cast<la_ssize_t>(reader.block_.size());
        } catch (...) {
            reader.failure_ = std::current_exception();
            return -1;
        }
    }

    // libarchive stops at the end marker, which starts where it looked for another header; from
    // there on there must be zeros and nothing else.
    void refuse_data_after_end() {
        const auto marker =
            static_cast<std::uint64_t>(archive_api().read_header_position(archive_.get()));
        base::Bytes rest = block_.subspan(marker > block_start_ ? marker - block_start_ : 0);
        do {
            if (std::ranges::any_of(rest, [](std::uint8_t byte) { return byte != 0; }))
                refuse("has data after its end");
            rest = stream_.next();
        } while (!rest.empty());
    }

    void open() {
        if (!archive_) throw std::bad_alloc{};
        const ArchiveApi& api = archive_api();
        api.read_support_format_tar(archive_.get());
        api.read_set_options(archive_.get(), "!mac-ext");
        check(api.read_open(archive_.get(), this, nullptr, &on_read, nullptr));
    }

    // Anything but ARCHIVE_OK is fatal: a mere warning can be a damaged member.
    void check(int code) {
        if (failure_) std::rethrow_exception(failure_);
        if (code == ARCHIVE_OK) return;
        const char* reason = archive_api().error_string(archive_.get());
        refuse(base::format("is damaged: {}",
                            base::printable(reason != nullptr ? reason : "no reason given")));
    }

    bool next(::archive_entry*& entry) {
        base::throw_if_interrupted();
        const int code = archive_api().read_next_header(archive_.get(), &entry);
        if (code == ARCHIVE_EOF && !failure_) return false;
        check(code);
        return true;
    }

    void take(::archive_entry* entry) {
        const char* raw = archive_api().entry_pathname_utf8(entry);
        if (raw == nullptr) refuse("has a member whose name is not UTF-8");
        std::string_view name{raw};
        const auto type = archive_api().entry_filetype(entry);
        if (archive_api().entry_hardlink(entry) != nullptr ||
            archive_api().entry_symlink(entry) != nullptr || (type != AE_IFREG && type != AE_IFDIR))
            refuse(base::format("has a member that is no regular file or directory: \"{}\"",
                                base::printable(name.substr(0, 255))));
        if (type == AE_IFDIR && name.ends_with('/')) name.remove_suffix(1);
        if (name == "go" && type == AE_IFDIR) return;
        if (!name.starts_with("go/"))
            refuse(base::format("has a member outside go/: \"{}\"",
                                base::printable(name.substr(0, 255))));
        name.remove_prefix(3);
        check_member_name(name);
        if (toolchain::installed_name(name) != name)
            refuse(base::format("has a member that no Go release has: \"{}\"", name));
        if (++members_ > most_files) refuse("has more files than any Go release");
        if (type == AE_IFDIR) return;  // directories are made for the files in them
        seen_.add_file(name);
        if (archive_api().entry_sparse_count(entry) != 0) refuse("has a sparse member");
        const la_int64_t size = archive_api().entry_size(entry);
        if (size < 0 || static_cast<std::uint64_t>(size) > most_bytes - total_)
            refuse("unpacks to more than any Go release");
        total_ += static_cast<std::uint64_t>(size);
        if (takes_all_ || toolchain::is_in_module(name))
            pass(name, static_cast<std::uint64_t>(size));
    }

    void pass(std::string_view name, std::uint64_t size) {
        sink_.begin(toolchain::module_name(name), size);
        la_int64_t expected = 0;
        for (;;) {
            const void* block = nullptr;
            std::size_t length = 0;
            la_int64_t offset = 0;
            const int code =
                archive_api().read_data_block(archive_.get(), &block, &length, &offset);
            if (code == ARCHIVE_EOF && !failure_) break;
            check(code);
            if (offset != expected) refuse("has a sparse member");
            expected += static_cast<la_int64_t>(length);
            sink_.write(base::Bytes{static_cast<const std::uint8_t*>(block), length});
        }
        sink_.finish();
    }

    GzipStream stream_;
    base::Bytes block_;              // that libarchive was given last
    std::uint64_t block_start_ = 0;  // where it stands in the tar
    MemberSink& sink_;
    bool takes_all_;
    std::unique_ptr<::archive, ArchiveCloser> archive_{archive_api().read_new()};
    std::exception_ptr failure_;  // thrown in on_read, which C calls
    // Of what is not taken too:
    NameSet seen_;
    std::size_t members_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace

void read_tarball(ArchiveFile& file, MemberSink& sink, bool takes_all) {
    // libarchive turns names into UTF-8 by the locale's rules, and the C locale has none.
    [[maybe_unused]] static const char* const locale = std::setlocale(LC_CTYPE, "C.UTF-8");
    TarReader{file, sink, takes_all}.read();
}

}  // namespace gov::download
