// SPDX-License-Identifier: Apache-2.0
#include "cross/release/release_files.hpp"

#include "base/file.hpp"
#include "base/format.hpp"
#include "cross/go_build.hpp"
#include "cross/kept_folder.hpp"
#include "cross/release/archive_writer.hpp"
#include "cross/release/provenance.hpp"
#include "cross/release/sbom.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// The seconds since 1970 of "2024-05-01T10:00:00Z"; 0 for anything else.
std::int64_t seconds_of(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    const std::string copy{text};
    if (std::sscanf(copy.c_str(), "%d-%u-%uT%d:%d:%dZ", &year, &month, &day, &hour, &minute,
                    &second) != 6)
        return 0;
    const std::chrono::sys_days date{std::chrono::year{year} / static_cast<int>(month) /
                                     static_cast<int>(day)};
    return std::int64_t{date.time_since_epoch().count()} * 86400 + hour * 3600 + minute * 60 +
           second;
}

class ReleaseWriter {
public:
    ReleaseWriter(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                  const BuildOptions& built, const ReleaseOptions& options, const fs::path& place)
        : plan_{plan}, outcomes_{outcomes}, built_{built}, options_{options}, place_{place} {}

    void write() {
        bool all = true;
        for (std::size_t i = 0; i < outcomes_.size(); ++i) {
            all = all && outcomes_[i].result == BuildResult::proved;
            if (outcomes_[i].result == BuildResult::proved) write_beside(i);
        }
        if (options_.provenance)
            write_json("provenance.intoto.json", "Provenance",
                       provenance_of(plan_, outcomes_, options_.go_version));
        write_json(metadata_name, "Metadata", metadata_of(plan_, outcomes_, options_.go_version));
        write_kept_file(place_ / checksums_name, checksums_of(outcomes_, files_));
        files_.push_back({checksums_name, "Checksum"});
        if (options_.signer && all) {
            const fs::path signature =
                sign_file(place_ / checksums_name, *options_.signer, options_.environment);
            files_.push_back({signature.filename().native(), "Signature", {}, checksums_name});
        }
        write_kept_file(place_ / "artifacts.json",
                        artifact_list(outcomes_, files_, built_.output).write());
    }

private:
    void write_json(const std::string& name, const char* type, const base::Json& content,
                    const std::string& of = {}) {
        const std::string text = content.write();
        write_kept_file(place_ / name, text);
        files_.push_back({name, type, base::to_hex(base::sha256(base::as_bytes(text))), of});
    }

    void write_beside(std::size_t index) {
        const BuildOutcome& outcome = outcomes_[index];
        const std::string name = outcome.file.filename().native();
        const BillSubject subject{name, outcome.digest, outcome.proved_artifact()};
        for (const Bill bill : options_.bills) {
            if (bill == Bill::cyclonedx)
                write_json(name + ".cdx.json", "SBOM", cyclonedx_bill(subject), name);
            else
                write_json(name + ".spdx.json", "SBOM", spdx_bill(subject), name);
        }
        if (options_.packing) pack(outcome, index);
    }

    void pack(const BuildOutcome& outcome, std::size_t index) {
        const std::string file = outcome.file.filename().native();
        const std::string_view extension = program_extension(outcome.target.platform);
        const bool zip =
            options_.packing == Packing::zip ||
            (options_.packing == Packing::by_system && outcome.target.platform.os == "windows");
        std::string name = file;
        if (name.ends_with(extension)) name.resize(name.size() - extension.size());
        name += zip ? ".zip" : ".tar.gz";
        std::string program = file;
        if (index < plan_.steps.size())
            program = plan_.steps[index].package.program_name() + std::string{extension};
        std::vector<ArchiveMember> members = documents();
        members.push_back({program, place_ / file, true});
        std::string_view time;
        if (const auto& info = outcome.proved_artifact().build_info)
            time = info->setting("vcs.time").value_or("");
        write_archive(place_ / name, zip ? ArchiveKind::zip : ArchiveKind::tar_gz,
                      std::move(members), seconds_of(time));
        files_.push_back({name, "Archive", digest_of(place_ / name), file});
    }

    // What every archive has beside the program.
    std::vector<ArchiveMember> documents() const {
        std::vector<ArchiveMember> members;
        std::error_code ignored;
        for (const fs::directory_entry& entry : fs::directory_iterator{built_.directory, ignored}) {
            const std::string name = entry.path().filename().native();
            const bool is_wanted = name.starts_with("LICENSE") || name.starts_with("README") ||
                                   name.starts_with("CHANGELOG");
            if (is_wanted && entry.is_regular_file(ignored))
                members.push_back({name, entry.path(), false});
        }
        return members;
    }

    const Plan& plan_;
    const std::vector<BuildOutcome>& outcomes_;
    const BuildOptions& built_;
    const ReleaseOptions& options_;
    const fs::path& place_;
    std::vector<ListedFile> files_;
};

}  // namespace

void write_release_files(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                         const BuildOptions& built, const ReleaseOptions& options,
                         const fs::path& place) {
    const bool any = std::any_of(outcomes.begin(), outcomes.end(), [](const BuildOutcome& outcome) {
        return outcome.result == BuildResult::proved;
    });
    if (any) ReleaseWriter{plan, outcomes, built, options, place}.write();
}

}  // namespace gov::cross
