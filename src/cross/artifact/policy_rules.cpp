// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/policy_rules.hpp"

#include "base/ascii.hpp"
#include "base/format.hpp"
#include "cross/artifact/dotted_version.hpp"
#include "toolchain/go_version.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace gov::cross {

namespace {

using toolchain::GoVersion;

// The release that built `artifact`; nullopt where that is not known, as for development versions.
std::optional<GoVersion> release_of(const Artifact& artifact) {
    if (!artifact.build_info) return std::nullopt;
    const std::string& text = artifact.build_info->go_version;
    return GoVersion::parse(std::string_view{text}.substr(0, text.find(' ')));
}

class PolicyChecker {
public:
    PolicyChecker(const Artifact& artifact, Bytes file, const Policy& policy)
        : artifact_{artifact}, file_{file}, policy_{policy} {}

    Findings findings() {
        check_macos();
        check_linking();
        check_windows();
        check_debug_info();
        check_source();
        return std::move(findings_);
    }

    Findings file_findings() {
        if (policy_.size_max != 0 && file_.size() > policy_.size_max)
            add("size",
                base::format("it has {} bytes, more than {}", file_.size(), policy_.size_max));
        for (const std::string& path : policy_.builder_paths) check_path(path);
        return std::move(findings_);
    }

private:
    void add(std::string_view rule, std::string message, Level level = Level::error) {
        const auto own = policy_.levels.find(rule);
        findings_.push_back(
            {rule, std::move(message), own == policy_.levels.end() ? level : own->second});
    }

    void check_macos() {
        if (artifact_.format != Format::macho) return;
        if (!artifact_.has_uuid && artifact_.kind != Kind::object)
            add("uuid", "it has no LC_UUID, without which macOS 26 does not start it");
        for (const std::string& library : artifact_.libraries)
            if (!library.starts_with("/usr/lib/") && !library.starts_with("/System/Library/"))
                add("dylib", base::format("it needs {}, which is no part of the system", library));
        if (!policy_.macos_max.empty() && !artifact_.minimum_os.empty() &&
            compare_dotted(artifact_.minimum_os, policy_.macos_max) > 0)
            add("minimum-os", base::format("it asks for macOS {}, more than {}",
                                           artifact_.minimum_os, policy_.macos_max));
        check_macos_floor();
    }

    void check_macos_floor() {
        const auto release = release_of(artifact_);
        if (!release || *release < GoVersion::require("1.21rc1") || artifact_.os != "darwin" ||
            artifact_.minimum_os.empty())
            return;
        const std::string_view floor = macos_floor(*release);
        if (compare_dotted(artifact_.minimum_os, floor) < 0)
            add("minimum-os",
                base::format("it says macOS {}, but programs of {} need {}", artifact_.minimum_os,
                             release->name(), floor),
                Level::note);
    }

    void check_linking() {
        if (artifact_.executable_stack) add("executable-stack", "its stack is executable");
        if (!policy_.glibc_max.empty() && !artifact_.glibc_floor.empty() &&
            compare_dotted(artifact_.glibc_floor, policy_.glibc_max) > 0)
            add("glibc", base::format("it needs glibc {}, more than {}", artifact_.glibc_floor,
                                      policy_.glibc_max));
        if (policy_.must_be_static && *policy_.must_be_static != artifact_.is_static())
            add("static", artifact_.is_static() ? "it is linked statically"
                          : artifact_.interpreter.empty()
                              ? base::format("it needs {}", artifact_.libraries.front())
                              : base::format("it needs the loader {}", artifact_.interpreter));
        if (policy_.must_be_musl && !artifact_.glibc_floor.empty())
            add("musl", base::format("it needs glibc {}, not musl", artifact_.glibc_floor));
        else if (policy_.must_be_musl && !artifact_.interpreter.empty() &&
                 artifact_.interpreter.find("/ld-musl-") == std::string::npos)
            add("musl", base::format("its loader is {}, not musl's", artifact_.interpreter));
    }

    // Windows has the older runtime, msvcrt.dll, in every version.
    void check_crt() {
        const auto crt = crt_of(artifact_);
        if (crt && policy_.crt && *crt != *policy_.crt)
            add("crt", base::format("it needs the C runtime {}, not {}", name_of(*crt),
                                    name_of(*policy_.crt)));
        if (crt == Crt::ucrt)
            add("crt",
                "it needs the Universal C Runtime, which Windows has from version 10 on (Vista SP2 "
                "to 8.1: with update KB2999226)",
                Level::note);
    }

    void check_windows() {
        if (artifact_.format != Format::pe) return;
        for (const std::string& library : artifact_.libraries)
            if (!policy_.dlls.empty() && std::find(policy_.dlls.begin(), policy_.dlls.end(),
                                                   base::lower_case(library)) == policy_.dlls.end())
                add("dll", base::format("it imports {}, which is not allowed", library));
        check_crt();
        if (policy_.subsystem && *policy_.subsystem != artifact_.subsystem)
            add("subsystem",
                base::format("it is a {} program, not {}", name_of(artifact_.subsystem),
                             name_of(*policy_.subsystem)));
        if (artifact_.time_stamp.value_or(0) != 0)
            add("time-stamp",
                base::format("its header has the time {}, so that it may differ from one "
                             "build to the next",
                             *artifact_.time_stamp),
                Level::warning);
        const auto release = release_of(artifact_);
        if (release && *release >= GoVersion::require("1.21") &&
            compare_dotted(artifact_.minimum_os, "10.0") < 0)
            add("windows-version",
                base::format("its header says Windows {}, but programs of {} need Windows 10",
                             artifact_.minimum_os, release->name()),
                Level::note);
    }

    void check_debug_info() {
        if (policy_.no_debug_info && artifact_.has_debug_info)
            add("no-debug-info", "it holds debug information");
    }

    void check_revision(std::optional<std::string_view> revision) {
        if (!revision)
            add("revision",
                base::format("it does not tell its revision, {} was asked for", policy_.revision));
        else if (!revision->starts_with(policy_.revision))
            add("revision",
                base::format("it is of revision {}, not {}", *revision, policy_.revision));
    }

    void check_source() {
        if (!artifact_.build_info) return;
        if (!policy_.revision.empty())
            check_revision(artifact_.build_info->setting("vcs.revision"));
        if (!policy_.allow_modified && artifact_.build_info->setting("vcs.modified") == "true")
            add("modified", "it was built from files that were not committed", Level::warning);
    }

    void check_path(const std::string& path) {
        if (path.size() < 4) return;  // "/", "/go": too short to mean anything
        const void* hit = ::memmem(file_.data(), file_.size(), path.data(), path.size());
        if (hit == nullptr) return;
        const auto offset = static_cast<const std::uint8_t*>(hit) - file_.data();
        add("builder-path",
            base::format("at offset {:#x} it holds {}, of the machine that built it", offset, path),
            Level::warning);
    }

    const Artifact& artifact_;
    Bytes file_;
    const Policy& policy_;
    Findings findings_;
};

}  // namespace

Findings check_policy(const Artifact& artifact, Bytes file, const Policy& policy) {
    Findings findings;
    const auto add = [&](Findings more) {
        for (Finding& finding : more) findings.push_back(std::move(finding));
    };
    if (artifact.slices.empty()) add(PolicyChecker{artifact, file, policy}.findings());
    for (const Artifact& slice : artifact.slices)
        add(PolicyChecker{slice, file, policy}.findings());
    add(PolicyChecker{artifact, file, policy}.file_findings());
    return findings;
}

std::string_view macos_floor(const GoVersion& version) {
    struct Floor {
        const char* release;
        std::string_view macos;
    };
    constexpr std::array floors{Floor{"1.27rc1", "13.0"}, Floor{"1.25rc1", "12.0"},
                                Floor{"1.23rc1", "11.0"}, Floor{"1.21rc1", "10.15"}};
    for (const Floor& floor : floors)
        if (version >= GoVersion::require(floor.release)) return floor.macos;
    return "10.13";
}

}  // namespace gov::cross
