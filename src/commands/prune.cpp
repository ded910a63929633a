// SPDX-License-Identifier: Apache-2.0
#include "activation/prompt_answer.hpp"
#include "activation/reference.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/known_projects.hpp"
#include "proof/directory_memory.hpp"
#include "store/disk_use.hpp"
#include "store/installed.hpp"
#include "store/tool_set.hpp"
#include "store/workspace.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

#include <sys/stat.h>
#include <time.h>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;
using base::Json;
using std::chrono::seconds;
using std::chrono::system_clock;
using store::Time;

constexpr std::array options{
    Option{.name = "unused",
           .value = "AGE",
           .help = "also toolchains not used for AGE, as in 90d, 12w or 36h"},
    Option{.name = "dry-run",
           .value = "",
           .help = "say what would go, and remove nothing",
           .letter = 'n'},
    json_option};

// Older references of modification times are those of files that changed since, for the most part.
constexpr std::chrono::hours reference_age{30 * 24};

// Something that goes.
struct Removed {
    std::string_view kind;
    std::string name;
    std::uint64_t bytes = 0;            // of disk
    std::optional<Time> last_use = {};  // of a toolchain
};

struct Kept {
    std::string name;
    std::string reason;
};

struct Report {
    bool is_dry;
    std::vector<Removed> removed;
    std::vector<Kept> kept;
    std::uint64_t freed = 0;
};

// "90d", "12w", "36h". Throws Error (ExitCode::usage) for anything else.
seconds parse_age(std::string_view text) {
    constexpr int longest = 100'000;
    int count = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit{rest, static_cast<std::size_t>(end - rest)};
    if (failure == std::errc{} && count > 0 && count <= longest) {
        if (unit == "h") return std::chrono::hours{count};
        if (unit == "d") return std::chrono::hours{24 * count};
        if (unit == "w") return std::chrono::hours{7 * 24 * count};
    }
    throw base::Error{base::format("--unused: \"{}\" is no age", base::printable(text)),
                      "write it as 90d, 12w or 36h", ExitCode::usage};
}

std::string date_of(Time time) {
    const std::time_t value = system_clock::to_time_t(time);
    tm parts;
    ::gmtime_r(&value, &parts);
    return base::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

// When a toolchain that nobody was ever seen to use came here.
Time installation_time(const store::Places& places, const store::Toolchain& toolchain) {
    struct stat status;
    if (::stat(places.receipt(toolchain.version).c_str(), &status) != 0 &&
        ::stat(places.unproved_receipt(toolchain.version).c_str(), &status) != 0 &&
        ::stat(toolchain.goroot.c_str(), &status) != 0)
        return system_clock::now();
    return system_clock::from_time_t(status.st_mtime);
}

// Why a toolchain stays although nobody used it for long; empty where nothing needs it.
std::string need_for(const std::string& name, const KnownProjects& projects,
                     const std::optional<toolchain::GoVersion>& fallback) {
    if (fallback && fallback->name() == name) return "it is the default";
    const auto reasons = projects.asking_for(name);
    return reasons.empty() ? std::string{} : base::format("{} pins it", reasons.front());
}

// What killed govs left, and the trash.
void prune_leftovers(const store::Places& places, store::DiskUse& use, Report& report) {
    store::visit_abandoned(places, [&](const fs::path& path) {
        report.removed.push_back({path.parent_path() == places.trash() ? "trash" : "leftover",
                                  path.filename(), use.add(path).allocated});
        std::error_code failed;  // what stays is there for the next time
        if (!report.is_dry) fs::remove_all(path, failed);
    });
}

void prune_toolchains(const store::Places& places, const KnownProjects& projects, seconds age,
                      store::DiskUse& use, Report& report) {
    const auto fallback = store::default_version(places);
    for (const store::Toolchain& toolchain : store::installed(places)) {
        const std::string name = toolchain.version.name();
        const Time last = std::max(projects.last_use(name), installation_time(places, toolchain));
        if (system_clock::now() - last < age) continue;
        if (std::string need = need_for(name, projects, fallback); !need.empty()) {
            report.kept.push_back({name, std::move(need)});
            continue;
        }
        report.removed.push_back({"toolchain", name, use.add(toolchain.goroot).allocated, last});
        if (report.is_dry) continue;
        base::throw_if_interrupted();
        const auto lock = store::lock_version(places, toolchain.version, [] {});
        store::remove_toolchain(places, toolchain.version);
    }
    if (!report.is_dry) store::empty_trash(places);
}

// The tools of projects or of toolchains that are gone.
void prune_tools(const store::Places& places, store::DiskUse& use, Report& report) {
    for (const fs::path& set : store::stray_sets(places)) {
        const fs::path name = set.parent_path().filename() / set.filename();
        report.removed.push_back({"tools", name, use.add(set).allocated});
        std::error_code failed;
        if (!report.is_dry) fs::remove_all(set, failed);
    }
}

// The files below `directory` that are `stale`, as one thing, with the folders that they leave
// empty.
template <class Stale>
void prune_files(std::string_view kind, const fs::path& directory, const Stale& stale,
                 Report& report) {
    std::size_t count = 0;
    std::uint64_t bytes = 0;
    std::error_code gone;
    fs::recursive_directory_iterator entry{directory, gone};
    for (; !gone && entry != fs::recursive_directory_iterator{}; entry.increment(gone)) {
        struct stat status;
        if (::lstat(entry->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
            !stale(entry->path(), status))
            continue;
        std::error_code failed;
        if (!report.is_dry && !fs::remove(entry->path(), failed)) continue;
        if (const fs::path folder = entry->path().parent_path(); folder != directory)
            fs::remove(folder, failed);  // which one that is not empty refuses
        ++count;
        bytes += static_cast<std::uint64_t>(status.st_blocks) * 512;
    }
    if (count == 0) return;
    report.removed.push_back(
        {kind, base::format("{} in {}", count, base::printable(directory.native())), bytes});
    report.freed += bytes;
}

void prune_records(const store::Places& places, const KnownProjects& projects, Report& report) {
    prune_files(
        "tiles", places.cache / "sumdb",
        [](const fs::path& path, const struct stat&) {
            return proof::DirectoryMemory::is_partial_tile(path);
        },
        report);
    const std::time_t oldest = system_clock::to_time_t(system_clock::now() - reference_age);
    // A reference has another file's modification time; its own age is that of its inode. What tcsh
    // sources at a prompt is made again where it is missing.
    const auto is_old = [&](const fs::path&, const struct stat& status) {
        return status.st_ctime < oldest;
    };
    prune_files("times", activation::reference_directory(places), is_old, report);
    prune_files("answers", activation::answer_directory(places), is_old, report);
    prune_files("logs", places.cache / "runs", is_old, report);
    prune_files(
        "uses", places.state / "uses",
        [&](const fs::path& path, const struct stat&) {
            return std::ranges::find(projects.stale_records(), path) !=
                   projects.stale_records().end();
        },
        report);
}

Json to_json(const Report& report) {
    Json::Array removed;
    for (const Removed& one : report.removed) {
        Json::Object members{{"kind", one.kind},
                             {"name", one.name},
                             {"bytes", static_cast<std::int64_t>(one.bytes)}};
        if (one.last_use) members.emplace_back("last_used", date_of(*one.last_use));
        removed.push_back(std::move(members));
    }
    Json::Array kept;
    for (const Kept& one : report.kept)
        kept.push_back(Json::Object{{"name", one.name}, {"reason", one.reason}});
    return Json::Object{{"dry_run", report.is_dry},
                        {"freed", static_cast<std::int64_t>(report.freed)},
                        {"removed", std::move(removed)},
                        {"kept", std::move(kept)}};
}

void say(const Report& report, base::Output& output) {
    constexpr double megabyte = 1e6;
    std::string text;
    for (const Removed& one : report.removed)
        text += base::format(
            "{:<9}  {:>7.1f} MB  {}{}\n", one.kind, static_cast<double>(one.bytes) / megabyte,
            base::printable(one.name),
            one.last_use ? base::format("  last used {}", date_of(*one.last_use)) : std::string{});
    output.result(text);
    for (const Kept& one : report.kept)
        output.note(base::format("{} stays: {}", one.name, one.reason));
    output.note(base::format("{:.1f} MB {}", static_cast<double>(report.freed) / megabyte,
                             report.is_dry ? "would be free" : "are free"));
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    std::optional<seconds> age;
    if (const auto text = invocation.arguments.value("unused")) age = parse_age(*text);
    const KnownProjects projects{invocation.environment, places};
    base::catch_interrupts();
    Report report{.is_dry = invocation.arguments.has("dry-run"), .removed = {}, .kept = {}};
    store::DiskUse use;
    prune_leftovers(places, use, report);
    if (age) prune_toolchains(places, projects, *age, use, report);
    prune_tools(places, use, report);
    report.freed = use.freed_by_removal();
    prune_records(places, projects, report);
    if (invocation.arguments.has("json"))
        invocation.output.result(to_json(report).write());
    else
        say(report, invocation.output);
    return ExitCode::done;
}

}  // namespace

constinit const Command prune_command{
    .name = "prune",
    .topic = Topic::toolchains,
    .summary = "remove what nothing needs any more",
    .options = options,
    .help =
        "The trash, what killed govs left behind, caches that are out of date, and tools\n"
        "of projects and toolchains that are gone; with --unused also toolchains, but\n"
        "never the default, nor one that a project asks for in which gov was used.",
    .run = run,
};

}  // namespace gov::commands
