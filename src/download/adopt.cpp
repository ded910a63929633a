// SPDX-License-Identifier: Apache-2.0
#include "download/adopt.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/threads.hpp"
#include "download/admission.hpp"
#include "download/little_endian.hpp"
#include "download/member_name.hpp"
#include "download/tree.hpp"
#include "project/go_env.hpp"
#include "store/installed.hpp"
#include "toolchain/module_files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>

#include <fcntl.h>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

namespace {

// Where another program keeps GOROOTs, one in each directory of a parent.
struct Elsewhere {
    std::string_view variable;    // that moves it; empty for none
    std::string_view below;       // the parent, below what the variable names
    std::string_view below_home;  // the parent, where the variable is not set; empty: none then
    std::string_view inside;      // of the directory: where the GOROOT is; empty: itself
};

constexpr std::array<Elsewhere, 10> places_of_others{{
    {"", "", "sdk", ""},                  // golang.org/dl
    {"GVM_ROOT", "gos", ".gvm/gos", ""},  // gvm
    {"GOENV_ROOT", "versions", ".goenv/versions", ""},
    {"ASDF_DATA_DIR", "installs/golang", ".asdf/installs/golang", "go"},
    {"MISE_DATA_DIR", "installs/go", ".local/share/mise/installs/go", ""},
    {"XDG_DATA_HOME", "mise/installs/go", "", ""},
    {"G_HOME", "versions", ".g/versions", ""},
    {"GOBREW_ROOT", ".gobrew/versions", ".gobrew/versions", "go"},
    {"RUNNER_TOOL_CACHE", "go", "", "x64"},  // of GitHub's runners
    {"RUNNER_TOOL_CACHE", "go", "", "arm64"},
}};

fs::path module_cache(const base::Environment& environment) {
    const project::GoEnv go_env{environment, {}};
    if (const std::string cache = go_env.get("GOMODCACHE"); !cache.empty()) return cache;
    const std::string gopath = go_env.get("GOPATH");
    if (!gopath.empty()) return fs::path{gopath.substr(0, gopath.find(':'))} / "pkg/mod";
    return fs::path{environment.get("HOME").value_or("/")} / "go/pkg/mod";
}

std::vector<fs::path> directories_in(const fs::path& parent) {
    std::vector<fs::path> found;
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{parent, absent})
        found.push_back(entry.path());
    return found;
}

std::vector<fs::path> likely_goroots(const base::Environment& environment) {
    std::vector<fs::path> likely{"/usr/local/go", "/usr/lib/go"};
    for (const fs::path& module : directories_in(module_cache(environment) / "golang.org"))
        if (module.filename().native().starts_with("toolchain@")) likely.push_back(module);
    const fs::path home{environment.non_empty("HOME").value_or("/")};
    for (const Elsewhere& place : places_of_others) {
        const auto moved = environment.non_empty(place.variable);
        if (!moved && place.below_home.empty()) continue;
        const fs::path parent = moved ? fs::path{*moved} / place.below : home / place.below_home;
        for (const fs::path& directory : directories_in(parent))
            likely.push_back(place.inside.empty() ? directory : directory / place.inside);
    }
    return likely;
}

// The files of the module by their names in it, with the paths they are at. A module cache has a
// go.mod beside each _go.mod: either is the one file.
std::map<std::string, fs::path> module_files(const fs::path& goroot) {
    std::map<std::string, fs::path> files;
    const std::size_t prefix = goroot.native().size() + 1;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{goroot}) {
        const std::string name = entry.path().native().substr(prefix);
        if (!toolchain::is_in_module(name)) continue;
        if (entry.is_directory() && !entry.is_symlink()) continue;
        if (!entry.is_regular_file() || entry.is_symlink())
            throw Error{base::format("{} is no regular file", entry.path().native()),
                        {},
                        ExitCode::verification};
        check_member_name(name);
        files.insert_or_assign(toolchain::module_name(toolchain::installed_name(name)),
                               entry.path());
        if (files.size() > most_files) throw Error{"there are more files than any Go release has"};
    }
    return files;
}

void copy_file(const fs::path& from, const std::string& name, TreeSink& sink) {
    const base::UniqueFd fd{::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (!fd) throw base::system_error(base::format("opening {}", from.native()), errno);
    const std::uint64_t size = size_of(fd.get());
    sink.begin(name, size);
    constexpr std::uint64_t piece = std::uint64_t{4} << 20U;
    for (std::uint64_t offset = 0; offset < size; offset += piece)
        sink.write(base::as_bytes(read_exactly(fd.get(), offset, std::min(piece, size - offset))));
    sink.finish();
}

Unpacked copy_tree(const fs::path& goroot, const Destination& destination,
                   const UnpackProgress& progress) {
    const auto found = module_files(goroot);
    const std::vector<std::pair<std::string, fs::path>> files{found.begin(), found.end()};
    Tree tree{destination, progress};
    std::uint64_t total = 0;
    for (const auto& [name, path] : files) total += fs::file_size(path);
    tree.expect(total);
    std::atomic<std::size_t> next = 0;
    base::on_threads(base::cores(), [&] {
        TreeSink sink{tree};
        for (std::size_t i = next++; i < files.size(); i = next++) {
            base::throw_if_interrupted();
            copy_file(files[i].second, files[i].first, sink);
        }
        sink.end();
    });
    return tree.take();
}

}  // namespace

std::optional<Candidate> read_candidate(const fs::path& goroot) {
    const auto text = base::read_file(goroot / "VERSION", 4096);
    if (!text) return std::nullopt;
    const std::string_view line = std::string_view{*text}.substr(0, text->find('\n'));
    const auto version = GoVersion::parse(line);
    if (!version || version->name() != line || version->is_language_only()) return std::nullopt;
    return Candidate{*version, goroot};
}

std::vector<Candidate> find_candidates(const base::Environment& environment) {
    std::map<GoVersion, fs::path> found;
    for (const fs::path& goroot : likely_goroots(environment)) {
        std::error_code absent;
        if (!fs::is_regular_file(goroot / "bin/go", absent)) continue;
        if (auto candidate = read_candidate(goroot)) found.emplace(candidate->version, goroot);
    }
    std::vector<Candidate> candidates;
    for (const auto& [version, goroot] : found) candidates.push_back({version, goroot});
    return candidates;
}

Installed adopt(const Settings& settings, const Candidate& candidate, Listener& listener) {
    const GoVersion& version = candidate.version;
    const fs::path& goroot = candidate.goroot;
    return base::while_doing(
        base::format("adopting {} from {}", version.name(), goroot.native()), [&] {
            const base::FileLock lock =
                store::lock_version(settings.places, version, [&] { listener.waiting(); });
            if (auto receipt = installed_receipt(settings.places, version))
                return Installed{std::move(*receipt), Origin::was_there, {}};
            const Target target = Target::of(settings, version);
            listener.asking_log();
            proof::Proof proof = ask_log(settings, target);
            store::Staging staging{settings.places, version};
            const store::SharedFiles shared{settings.places, version};
            const Unpacked copied = copy_tree(goroot, {staging.fd(), shared},
                                              [&](double share) { listener.unpacking(share); });
            return Installed{admit(settings, target, {"adopted", goroot.native(), {}}, copied,
                                   std::move(proof), staging),
                             Origin::source,
                             {}};
        });
}

}  // namespace gov::download
