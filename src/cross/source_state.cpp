// SPDX-License-Identifier: Apache-2.0
#include "cross/source_state.hpp"

#include "base/process.hpp"

#include <vector>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// What git answers, without the line's end; nullopt where it fails.
std::optional<std::string> ask(const std::string& git, std::vector<std::string> words,
                               const fs::path& directory, const base::Environment& environment) {
    words.insert(words.begin(), git);
    const base::ProcessResult result = base::run(
        {.arguments = std::move(words), .environment = environment, .directory = directory});
    if (result.status != 0) return std::nullopt;
    std::string answer = result.output;
    while (answer.ends_with('\n')) answer.pop_back();
    return answer;
}

}  // namespace

bool is_in_repository(const fs::path& directory) {
    std::error_code ignored;
    for (fs::path at = fs::absolute(directory, ignored);; at = at.parent_path()) {
        if (fs::exists(at / ".git", ignored)) return true;
        if (!at.has_relative_path()) return false;
    }
}

std::optional<SourceState> find_source_state(const fs::path& directory,
                                             const base::Environment& environment) {
    if (!is_in_repository(directory)) return std::nullopt;
    const std::string git = base::find_program("git", environment.get("PATH").value_or(""));
    if (git.empty()) return std::nullopt;
    // %cd in this form is in the time zone of the environment, which is UTC.
    const auto head =
        ask(git, {"log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%H %cd %ct"},
            directory, environment);
    if (!head || head->size() < 43) return std::nullopt;
    SourceState state;
    state.commit = head->substr(0, 40);
    const auto blank = head->find(' ', 41);
    if (blank == std::string::npos) return std::nullopt;
    state.commit_date = head->substr(41, blank - 41);
    state.commit_time = head->substr(blank + 1);
    state.tag = ask(git, {"describe", "--tags", "--exact-match", "HEAD"}, directory, environment)
                    .value_or("");
    state.described = ask(git, {"describe", "--tags", "HEAD"}, directory, environment).value_or("");
    const auto changes = ask(git, {"status", "--porcelain"}, directory, environment);
    state.modified = !changes || !changes->empty();
    return state;
}

}  // namespace gov::cross
