// SPDX-License-Identifier: Apache-2.0
#include "cross/vcs_stamp.hpp"

#include "base/error.hpp"
#include "base/process.hpp"
#include "cross/source_state.hpp"

namespace gov::cross {

VcsStamp vcs_stamp(const std::filesystem::path& directory, const toolchain::GoVersion& version,
                   const base::Environment& environment, bool wanted) {
    VcsStamp stamp;
    const bool has_flag = version >= toolchain::GoVersion::require("1.18");
    if (has_flag) stamp.flag = "-buildvcs=false";
    if (!is_in_repository(directory)) return stamp;
    const std::string git = base::find_program("git", environment.get("PATH").value_or(""));
    if (git.empty() && wanted && has_flag)
        throw base::Error{
            "the source is in a git repository, but there is no git to tell its commit",
            "install git, or say that it is not wanted: --no-buildvcs",
            base::ExitCode::missing_dependency};
    if (git.empty()) return stamp;
    const base::ProcessResult head = base::run({.arguments = {git, "log", "-1", "--format=%ct"},
                                                .environment = environment,
                                                .directory = directory});
    if (head.status == 0) stamp.commit_time = head.output.substr(0, head.output.find('\n'));
    if (!has_flag || !wanted) return stamp;
    if (head.errors.find("does not have any commits yet") != std::string::npos)
        stamp.note = "the repository has no commit yet, so the programs do not tell theirs";
    else
        stamp.flag = "-buildvcs=true";
    return stamp;
}

}  // namespace gov::cross
