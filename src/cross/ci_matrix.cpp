// SPDX-License-Identifier: Apache-2.0
#include "cross/ci_matrix.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

using base::Json;

std::string_view runner_for(const toolchain::Platform& platform) {
    if (platform.os == "darwin")
        return platform.arch == "amd64" ? "macos-15-intel" : "macos-latest";
    if (platform.os == "windows")
        return platform.arch == "arm64" ? "windows-11-arm" : "windows-latest";
    if (platform.os == "linux" && platform.arch == "arm64") return "ubuntu-24.04-arm";
    return "ubuntu-latest";
}

}  // namespace

CiJob job_for(const Target& target) {
    CiJob job{.target = target.str(), .name = target.str(), .runner = runner_for(target.platform)};
    std::ranges::replace(job.name, '/', '-');
    return job;
}

Json github_matrix(const std::vector<Target>& targets) {
    Json::Array jobs;
    for (const Target& target : targets) {
        CiJob job = job_for(target);
        jobs.push_back(Json::Object{{"target", std::move(job.target)},
                                    {"goos", target.platform.os},
                                    {"goarch", target.platform.arch},
                                    {"variant", target.variant},
                                    {"name", std::move(job.name)},
                                    {"runner", job.runner}});
    }
    return Json::Object{{"include", std::move(jobs)}};
}

Json gitlab_matrix(const std::vector<Target>& targets) {
    Json::Array names;
    for (const Target& target : targets) names.push_back(target.str());
    return Json::Array{Json::Object{{"TARGET", std::move(names)}}};
}

}  // namespace gov::cross
