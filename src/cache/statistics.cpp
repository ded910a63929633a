// SPDX-License-Identifier: Apache-2.0
#include "cache/statistics.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/text_lines.hpp"
#include "base/unique_fd.hpp"

#include <algorithm>
#include <ctime>

#include <fcntl.h>

namespace gov::cache {

namespace {

namespace fs = std::filesystem;
using base::Json;

constexpr std::size_t size_limit = std::size_t{1} << 20U;
constexpr std::string_view file_name = "statistics.json";

std::int64_t number(const Json& object, std::string_view name) {
    const Json* member = object.find(name);
    const auto* value = member == nullptr ? nullptr : member->as_integer();
    return value == nullptr ? 0 : std::max<std::int64_t>(*value, 0);
}

void add(const Json& object, Statistics& sum) {
    for (const auto& [name, count] : counts)
        sum.*count += static_cast<std::uint64_t>(number(object, name));
}

void add(const Statistics& run, Statistics& sum) {
    for (const auto& [name, count] : counts) sum.*count += (run.*count).load();
}

void write_totals(const fs::path& folder, const Totals& totals) {
    Json::Object object = json_of(totals.counts);
    object.emplace_back("runs", static_cast<std::int64_t>(totals.runs));
    object.emplace_back("trouble", totals.trouble);
    object.emplace_back("trouble_time", totals.trouble_time);
    // Not synced, which every build would wait for: what a crash damages is begun anew.
    const fs::path aside = folder / "statistics.new";
    const base::UniqueFd fd{::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!fd) return;
    base::write_all(fd.get(), base::as_bytes(Json{std::move(object)}.write()), aside.native());
    fs::rename(aside, folder / file_name);
}

}  // namespace

Json::Object json_of(const Statistics& statistics) {
    Json::Object object;
    for (const auto& [name, count] : counts)
        object.emplace_back(std::string{name},
                            static_cast<std::int64_t>((statistics.*count).load()));
    return object;
}

void read_totals(const fs::path& folder, Totals& totals) {
    const auto text = base::read_file(folder / file_name, size_limit);
    if (!text) return;
    try {
        const Json kept = Json::parse(*text);
        add(kept, totals.counts);
        totals.runs = static_cast<std::uint64_t>(number(kept, "runs"));
        totals.trouble = kept.text("trouble");
        totals.trouble_time = number(kept, "trouble_time");
    } catch (const base::Error&) {
        // Of no more use than none: it is begun anew.
    }
}

void keep(const fs::path& folder, const Statistics& run, const std::string& trouble) noexcept {
    try {
        constexpr std::chrono::seconds patience{2};
        base::make_private_directory(folder);
        const auto lock = base::FileLock::wait_for(folder / "lock", patience, [] {});
        Totals totals;
        read_totals(folder, totals);
        add(run, totals.counts);
        ++totals.runs;
        if (!trouble.empty()) {
            totals.trouble = trouble;
            totals.trouble_time = std::time(nullptr);
        }
        write_totals(folder, totals);
    } catch (const std::exception&) {
        // A build does not fail for its statistics.
    }
}

void report(const fs::path& file, const Statistics& run, const std::string& trouble) noexcept {
    try {
        Json::Object object = json_of(run);
        object.emplace_back("trouble", trouble);
        const base::UniqueFd fd{
            ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)};
        if (fd)
            base::write_all(fd.get(), base::as_bytes(Json{std::move(object)}.write_line() + "\n"),
                            file.native());
    } catch (const std::exception&) {
        // As above.
    }
}

std::string read_reports(const fs::path& file, Statistics& sum) {
    const auto text = base::read_file(file, size_limit);
    std::string trouble;
    for (const std::string_view line : base::lines_of(text ? std::string_view{*text} : "")) {
        const Json run = Json::parse(line);
        add(run, sum);
        if (trouble.empty()) trouble = run.text("trouble");
    }
    return trouble;
}

}  // namespace gov::cache
