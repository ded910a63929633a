// SPDX-License-Identifier: Apache-2.0
#include "trust/records.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <charconv>

#include <sys/stat.h>
#include <unistd.h>

namespace gov::trust {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view first_line = "gov-trust 1";
constexpr std::string_view suffix = ".record";
constexpr std::size_t size_limit = 4 * 1024 * 1024;

std::string with_length(std::string_view text) {
    return base::format("{}\n{}\n", text.size(), text);
}

// Takes a record's text apart; after a failure nothing more is found in it.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_{text} {}

    bool failed() const { return failed_; }
    bool at_end() const { return rest_.empty(); }

    std::string_view word(char end) {
        const auto length = rest_.find(end);
        if (length == std::string_view::npos) return fail();
        return take(length);
    }

    template <class Number>
    Number number(char end) {
        const std::string_view digits = word(end);
        Number value{};
        const auto [stopped, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || stopped != digits.data() + digits.size()) fail();
        return value;
    }

    std::string text() {
        const auto length = number<std::size_t>('\n');
        if (failed_ || length >= rest_.size() || rest_[length] != '\n') return std::string{fail()};
        return std::string{take(length)};
    }

    // A text, or "-" for none.
    std::optional<std::string> optional_text() {
        if (!rest_.starts_with("-\n")) return text();
        take(1);
        return std::nullopt;
    }

private:
    // The first `length` bytes; what ends them goes as well.
    std::string_view take(std::size_t length) {
        const std::string_view taken = rest_.substr(0, length);
        rest_.remove_prefix(length + 1);
        return taken;
    }

    std::string_view fail() {
        failed_ = true;
        rest_ = {};
        return {};
    }

    std::string_view rest_;
    bool failed_ = false;
};

void refuse_foreign(const fs::path& path, const struct stat& status) {
    constexpr mode_t of_others = 077;
    const bool own = status.st_uid == ::geteuid();
    if (own && (status.st_mode & of_others) == 0) return;
    const std::string shown = base::printable(path.native());
    throw base::Error{
        own ? base::format("{} can be reached by others, and it says whom you trust", shown)
            : base::format("{} belongs to user {}, and it says whom you trust", shown,
                           status.st_uid),
        own ? base::format("look whether its records are yours, then: chmod go= '{}'", shown)
            : std::string{"set XDG_STATE_HOME to a directory of your own"},
        base::ExitCode::not_trusted};
}

// nullopt where there is no such file.
std::optional<Record> read(const fs::path& file) {
    struct stat status;
    if (::stat(file.c_str(), &status) != 0) return std::nullopt;
    const auto fd = base::open_file(file);
    if (!fd) return std::nullopt;
    if (::fstat(fd->get(), &status) == 0) refuse_foreign(file, status);
    if (::stat(file.parent_path().c_str(), &status) == 0)
        refuse_foreign(file.parent_path(), status);
    return parse_record(base::read_file(*fd, file, size_limit));
}

// `path` as the name of one file, without losing the path: '/' is "%", '%' is "=p", '=' is "=e".
std::string flattened(const fs::path& path) {
    std::string name;
    for (const char c : path.native()) {
        if (c == '/')
            name += '%';
        else if (c == '%')
            name += "=p";
        else if (c == '=')
            name += "=e";
        else
            name += c;
    }
    return name;
}

}  // namespace

std::string spell_record(const Record& record) {
    std::string text = base::format("{}\n{} {} {}\n", first_line,
                                    record.word == Record::Word::allowed ? "allowed" : "denied",
                                    record.said_at, record.any_owner ? "any-owner" : "own");
    text += with_length(record.claim.path.native());
    for (const Claim::File& file : record.claim.files) {
        text += with_length(file.name);
        text += file.content ? with_length(*file.content) : std::string{"-\n"};
    }
    return text;
}

std::optional<Record> parse_record(std::string_view text) {
    Reader reader{text};
    if (reader.word('\n') != first_line) return std::nullopt;
    const std::string_view word = reader.word(' ');
    Record record;
    record.word = word == "allowed" ? Record::Word::allowed : Record::Word::denied;
    record.said_at = reader.number<std::int64_t>(' ');
    record.any_owner = reader.word('\n') == "any-owner";
    record.claim.path = reader.text();
    while (!reader.at_end()) {
        std::string name = reader.text();
        record.claim.files.push_back({std::move(name), reader.optional_text()});
    }
    // One spelling for each record: whatever is written otherwise was not written by gov.
    if (reader.failed() || spell_record(record) != text) return std::nullopt;
    return record;
}

fs::path record_file(const store::Places& places, const fs::path& path) {
    constexpr std::size_t longest = 200;  // a file's name has at most 255 bytes
    std::string name = flattened(path);
    fs::path file = places.trust();
    for (; name.size() > longest; name.erase(0, longest)) file /= name.substr(0, longest) + "+";
    return file / name.append(suffix);
}

std::optional<Record> read_record(const store::Places& places, const fs::path& path) {
    auto record = read(record_file(places, path));
    if (record && record->claim.path != path) return std::nullopt;
    return record;
}

void write_record(const store::Places& places, const Record& record) {
    const fs::path file = record_file(places, record.claim.path);
    base::make_private_directory(places.trust());
    base::make_private_directory(file.parent_path());
    base::write_file_atomically(file, spell_record(record), 0600);
    if (!read_record(places, record.claim.path))
        throw base::Error{
            base::format("{} did not keep what was written to it", base::printable(file.native())),
            "see whether the disk is full", base::ExitCode::disk};
}

void remove_record(const store::Places& places, const fs::path& path) {
    std::error_code failure;
    fs::remove(record_file(places, path), failure);
    if (failure) throw base::system_error("forgetting what was said", failure.value());
}

std::vector<Record> records(const store::Places& places) {
    std::vector<Record> found;
    std::error_code absent;
    for (const auto& entry : fs::recursive_directory_iterator{places.trust(), absent}) {
        if (!entry.path().native().ends_with(suffix)) continue;
        auto record = read(entry.path());
        if (record && record_file(places, record->claim.path) == entry.path())
            found.push_back(std::move(*record));
    }
    std::ranges::sort(found, {}, [](const Record& record) { return record.claim.path; });
    return found;
}

}  // namespace gov::trust
