// SPDX-License-Identifier: Apache-2.0
#include "download/tarball.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/lazy_library.hpp"
#include "base/printable.hpp"
#include "download/gzip_stream.hpp"
#include "download/member_name.hpp"
#include "download/tree_writer.hpp"
#include "toolchain/module_files.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <clocale>
#include <memory>
#include <unordered_set>

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
    TarReader(int file, const Destination& destination, const UnpackProgress& progress)
        : stream_{file},
          writer_{destination.root, destination.shared},
          root_{destination.root},
          progress_{progress} {}

    Unpacked unpack() {
        open();
        for (::archive_entry* entry = nullptr; next(entry);) take(entry);
        refuse_data_after_end();
        return std::move(unpacked_);
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
        if (type == AE_IFDIR) return;  // directories are made for the files in them
        if (++members_ > most_files) refuse("has more files than any Go release");
        seen_.add_file(name);
        if (toolchain::is_in_module(name))
            write(std::string{name});
        else
            skip();
    }

    void make_parents(const std::string& name) {
        for (std::size_t slash = name.find('/'); slash != std::string::npos;
             slash = name.find('/', slash + 1)) {
            const std::string directory = name.substr(0, slash);
            if (made_.insert(directory).second) make_directory(root_, directory);
        }
    }

    // Calls `sink` with each piece of the member's content, which must be without holes.
    template <class Sink>
    void read_content(const Sink& sink) {
        la_int64_t expected = 0;
        for (;;) {
            const void* block = nullptr;
            std::size_t size = 0;
            la_int64_t offset = 0;
            const int code = archive_api().read_data_block(archive_.get(), &block, &size, &offset);
            if (code == ARCHIVE_EOF && !failure_) return;
            check(code);
            if (offset != expected) refuse("has a sparse member");
            expected += static_cast<la_int64_t>(size);
            total_ += size;
            if (total_ > most_bytes) refuse("unpacks to more than any Go release");
            sink(base::Bytes{static_cast<const std::uint8_t*>(block), size});
        }
    }

    void skip() {
        read_content([](base::Bytes) {});
    }

    void write(const std::string& name) {
        make_parents(name);
        writer_.begin(name, toolchain::file_mode(name));
        read_content([&](base::Bytes data) {
            writer_.write(data);
            unpacked_.bytes += data.size();
        });
        unpacked_.files.emplace_back(toolchain::module_name(name), writer_.finish());
        if (progress_) progress_(stream_.share_read());
    }

    GzipStream stream_;
    base::Bytes block_;              // that libarchive was given last
    std::uint64_t block_start_ = 0;  // where it stands in the tar
    TreeWriter writer_;
    int root_;
    const UnpackProgress& progress_;
    std::unique_ptr<::archive, ArchiveCloser> archive_{archive_api().read_new()};
    std::exception_ptr failure_;  // thrown in on_read, which C calls
    NameSet seen_;
    std::unordered_set<std::string> made_;
    std::size_t members_ = 0;
    std::uint64_t total_ = 0;
    Unpacked unpacked_;
};

}  // namespace

Unpacked unpack_tarball(int file, const Destination& destination, const UnpackProgress& progress) {
    // libarchive turns names into UTF-8 by the locale's rules, and the C locale has none.
    [[maybe_unused]] static const char* const locale = std::setlocale(LC_CTYPE, "C.UTF-8");
    return TarReader{file, destination, progress}.unpack();
}

}  // namespace gov::download
