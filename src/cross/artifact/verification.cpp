// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/verification.hpp"

#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "cross/artifact/artifact_json.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Json;

bool is_program(const fs::path& path) {
    try {
        const base::MappedFile file{path};
        return starts_like_a_program(file.bytes());
    } catch (const base::Error&) {
        return false;
    }
}

}  // namespace

Verification verify_file(const fs::path& file,
                         const std::function<Expectation(const Artifact&)>& wanted,
                         const Policy& policy) {
    Verification result{.file = file, .artifact = {}, .findings = {}};
    std::optional<base::MappedFile> content;
    try {
        content.emplace(file);
        result.artifact = read_artifact(content->bytes());
    } catch (const base::Error& error) {
        result.findings.push_back({"read", base::full_message(error)});
        return result;
    }
    result.findings = verify(*result.artifact, wanted(*result.artifact));
    for (Finding& finding : check_policy(*result.artifact, content->bytes(), policy))
        result.findings.push_back(std::move(finding));
    return result;
}

std::vector<fs::path> programs_in(const fs::path& path) {
    std::error_code problem;
    if (!fs::is_directory(path, problem)) return {path};
    std::vector<fs::path> files;
    for (auto entry = fs::recursive_directory_iterator{path, problem};
         !problem && entry != fs::recursive_directory_iterator{}; entry.increment(problem))
        if (entry->is_regular_file(problem) && is_program(entry->path()))
            files.push_back(entry->path());
    if (problem)
        throw base::system_error(base::format("reading {}", path.native()), problem.value());
    std::sort(files.begin(), files.end());
    return files;
}

Json to_json(const Findings& findings) {
    Json::Array list;
    for (const Finding& finding : findings)
        list.push_back(Json::Object{{"rule", finding.rule},
                                    {"level", name_of(finding.level)},
                                    {"message", finding.message}});
    return list;
}

Json to_json(const Verification& verification, bool refused) {
    const auto& artifact = verification.artifact;
    return Json::Object{
        {"file", verification.file.native()},
        {"result", refused ? "refused" : "verified"},
        {"findings", to_json(verification.findings)},
        {"artifact", artifact ? to_json(*artifact) : Json{}},
    };
}

}  // namespace gov::cross
