// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/compiler_store.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/mapped_file.hpp"
#include "base/process.hpp"
#include "cross/artifact/dotted_version.hpp"
#include "cross/artifact/policy_rules.hpp"
#include "cross/temporary_directory.hpp"
#include "proof/h1.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using base::Json;

constexpr std::string_view record_end = ".json";
constexpr std::size_t record_limit = 1U << 16U;

fs::path record_of(const fs::path& folder, const std::string& version) {
    return folder / base::format("zig-{}{}", version, record_end);
}

// What is cheap to see of a file, and changes with its content.
std::string stamp_of(const fs::path& file) {
    return base::format("{} {}", fs::file_size(file),
                        fs::last_write_time(file).time_since_epoch().count());
}

std::string digest_of_file(const fs::path& file) {
    const base::MappedFile content{file};
    return base::to_hex(base::sha256(content.bytes()));
}

std::string hash_of_tree(const fs::path& root) {
    proof::TreeHash tree;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{root}) {
        if (!entry.is_regular_file()) continue;
        const base::MappedFile content{entry.path()};
        tree.add(entry.path().lexically_relative(root).native(), base::sha256(content.bytes()));
    }
    return tree.finish();
}

void run_tool(std::vector<std::string> arguments, const fs::path& directory) {
    const std::string program = arguments[0];
    arguments[0] = base::find_program(program, "/usr/local/bin:/usr/bin:/bin");
    if (arguments[0].empty())
        throw Error{base::format("unpacking it: there is no {}", program),
                    base::format("install {}", program), ExitCode::missing_dependency};
    base::Environment environment;
    environment.set("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.set("LC_ALL", "C.UTF-8");
    const base::ProcessResult result = base::run(
        {.arguments = std::move(arguments), .environment = environment, .directory = directory});
    if (result.status != 0)
        throw Error{base::format("unpacking it by {}: {}", program, result.errors)};
}

// The unpacked content of `from`, in `place`.
void unpack(const fs::path& from, const fs::path& place) {
    const std::string name = from.filename().native();
    if (fs::is_directory(from))
        fs::copy(from, place, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    else if (name.ends_with(".whl") || name.ends_with(".zip"))
        run_tool({"python3", "-I", "-m", "zipfile", "-e", from.native(), place.native()}, "/");
    else
        run_tool({"tar", "-xf", from.native(), "-C", place.native(), "--no-same-owner"}, "/");
}

// The directory at `place`, or up to two levels below it, that is zig's: program and library.
fs::path root_of_zig(const fs::path& place, int depth = 0) {
    if (fs::is_regular_file(place / "zig") && fs::is_directory(place / "lib/std")) return place;
    if (depth < 2)
        for (const fs::directory_entry& entry : fs::directory_iterator{place})
            if (entry.is_directory() && !entry.is_symlink())
                if (fs::path found = root_of_zig(entry.path(), depth + 1); !found.empty())
                    return found;
    return {};
}

std::string version_of(const fs::path& program) {
    const base::ProcessResult result = base::run({.arguments = {program.native(), "version"},
                                                  .environment = {},
                                                  .directory = "/",
                                                  .limit = std::chrono::seconds{30}});
    std::string version = result.output.substr(0, result.output.find_first_of(" \r\n/"));
    if (result.status != 0 || version.empty() || version.starts_with('.'))
        throw Error{base::format("its zig does not run here: {}", result.errors),
                    "get the one for this machine"};
    return version;
}

std::optional<InstalledZig> read_record(const fs::path& path) {
    const auto text = base::read_file(path, record_limit);
    if (!text) return std::nullopt;
    const Json record = Json::parse(*text);
    InstalledZig zig{.version = std::string{record.text("version")},
                     .program = {},
                     .hash = std::string{record.text("hash")},
                     .from = std::string{record.text("from")}};
    zig.program = path.parent_path() / ("zig-" + zig.version) / "zig";
    return zig;
}

void write_record(const InstalledZig& zig, const fs::path& folder) {
    base::write_file_atomically(record_of(folder, zig.version),
                                Json{Json::Object{{"version", zig.version},
                                                  {"hash", zig.hash},
                                                  {"from", zig.from},
                                                  {"program", digest_of_file(zig.program)},
                                                  {"stamp", stamp_of(zig.program)}}}
                                    .write());
}

[[noreturn]] void refuse_changed(const InstalledZig& zig, std::string_view what) {
    throw Error{base::format("zig {} is not the one that was installed: {}", zig.version, what),
                base::format("if that is right, remove {} and install it again",
                             zig.program.parent_path().native()),
                ExitCode::verification};
}

}  // namespace

std::vector<InstalledZig> installed_zigs(const fs::path& folder) {
    std::vector<InstalledZig> found;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, ignored}) {
        const std::string name = entry.path().filename().native();
        if (!name.starts_with("zig-") || !name.ends_with(record_end)) continue;
        auto zig = read_record(entry.path());
        if (zig && fs::exists(zig->program, ignored)) found.push_back(std::move(*zig));
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return compare_dotted(a.version, b.version) > 0;
    });
    return found;
}

std::optional<InstalledZig> newest_installed_zig(const fs::path& folder) {
    auto found = installed_zigs(folder);
    if (found.empty()) return std::nullopt;
    InstalledZig& zig = found.front();
    const auto text = base::read_file(record_of(folder, zig.version), record_limit);
    const Json record = Json::parse(text.value_or("{}"));
    // A copy of the whole home has other times, and the same program.
    if (record.text("stamp") != stamp_of(zig.program) &&
        record.text("program") != digest_of_file(zig.program))
        refuse_changed(zig, "its program has changed");
    return std::move(zig);
}

InstalledZig install_zig(const fs::path& from, const fs::path& folder) {
    return base::while_doing(base::format("installing zig from {}", from.native()), [&] {
        base::make_private_directory(folder);
        const auto lock =
            base::FileLock::wait_for(folder / "lock", std::chrono::minutes{10}, [] {});
        const TemporaryDirectory staging{"zig", folder};
        unpack(from, staging.path());
        const fs::path root = root_of_zig(staging.path());
        if (root.empty())
            throw Error{"there is no zig in it",
                        "give zig's own archive or directory, or a wheel of ziglang"};
        fs::permissions(root / "zig", fs::perms{0755});
        InstalledZig zig{.version = version_of(root / "zig"),
                         .program = {},
                         .hash = hash_of_tree(root),
                         .from = from.filename().native()};
        const fs::path place = folder / ("zig-" + zig.version);
        zig.program = place / "zig";
        if (const auto known = read_record(record_of(folder, zig.version));
            known && fs::exists(known->program)) {
            if (known->hash != zig.hash)
                refuse_changed(*known, base::format("this one has the hash {}, that one {}",
                                                    zig.hash, known->hash));
            return *known;
        }
        fs::remove_all(place);
        fs::rename(root, place);
        write_record(zig, folder);
        return zig;
    });
}

std::string trouble_with(const InstalledZig& zig) {
    const std::string hash = hash_of_tree(zig.program.parent_path());
    return hash == zig.hash ? std::string{}
                            : base::format("its files have the hash {}, not {}", hash, zig.hash);
}

}  // namespace gov::cross
