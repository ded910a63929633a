// SPDX-License-Identifier: Apache-2.0
#include "cross/starter_files.hpp"

#include "base/closest_word.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/ci_matrix.hpp"
#include "starter_texts.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <map>
#include <utility>

namespace gov::cross {

namespace {

using Values = std::vector<std::pair<std::string_view, std::string>>;

// `text` with each "@name@" in it replaced; an "@" of another kind stays.
std::string filled(std::string_view text, const Values& values) {
    std::string result;
    while (!text.empty()) {
        const auto found = std::ranges::find_if(values, [&](const auto& value) {
            return text.starts_with(base::format("@{}@", value.first));
        });
        if (found == values.end()) {
            const auto end = std::min(text.find('@', 1), text.size());
            result += text.substr(0, end);
            text.remove_prefix(end);
        } else {
            result += found->second;
            text.remove_prefix(found->first.size() + 2);
        }
    }
    return result;
}

using Conditions = std::vector<std::pair<std::string_view, bool>>;

// Whether a line that begins so stays: with "@?name@" where the condition holds, with "@!name@"
// where it does not, with anything else always. Takes that beginning off.
bool take_condition(std::string_view& line, const Conditions& conditions) {
    for (const auto& [name, holds] : conditions)
        for (const bool wanted : {true, false}) {
            const std::string mark = base::format("@{}{}@", wanted ? '?' : '!', name);
            if (!line.starts_with(mark)) continue;
            line.remove_prefix(mark.size());
            return holds == wanted;
        }
    return true;
}

// `text` without the lines whose condition says so.
std::string chosen(std::string_view text, const Conditions& conditions) {
    std::string result;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (take_condition(line, conditions)) result += line;
    }
    return result;
}

// What `word_of` gives for each target, with `separator` between.
std::string joined(const std::vector<Target>& targets, std::string_view separator,
                   const std::function<std::string(const Target&)>& word_of) {
    std::string text;
    for (const Target& target : targets)
        text += (text.empty() ? std::string{} : std::string{separator}) + word_of(target);
    return text;
}

std::vector<StarterFile> makefile(const StarterFacts& facts) {
    const std::string first = job_for(facts.targets.front()).name;
    constexpr std::size_t widest = 19;  // of the names that do not move the words behind them
    return {
        {"Makefile", filled(Makefile_in,
                            {{"program", facts.program},
                             {"output", facts.output},
                             {"options", facts.options},
                             {"first_name", first},
                             {"padding", std::string(widest - std::min(first.size(), widest), ' ')},
                             {"targets", joined(facts.targets, " ", &Target::str)}})}};
}

// As docker names a platform: "linux/arm/v7".
std::string docker_platform(const Target& target) {
    std::string name = target.platform.str();
    if (const std::string variant = target.variant_name(); !variant.empty()) name += "/" + variant;
    return name;
}

// A COPY for each folder, since one puts all that it copies into the same.
std::string copies_of(const std::vector<std::filesystem::path>& files) {
    std::map<std::filesystem::path, std::string> words;  // by folder; that of the project first
    for (const std::filesystem::path& file : files)
        words[file.parent_path()] += file.native() + " ";
    std::string text;
    for (const auto& [folder, names] : words)
        text += base::format("{}COPY {}./{}", text.empty() ? "" : "\n", names,
                             folder.empty() ? "" : folder.native() + "/");
    return text;
}

std::vector<StarterFile> dockerfile(const StarterFacts& facts) {
    std::vector<Target> linux;
    std::ranges::copy_if(facts.targets, std::back_inserter(linux),
                         [](const Target& target) { return target.platform.os == "linux"; });
    if (linux.empty())
        throw base::Error{"no target is for linux, and images are",
                          "name one, as in: gov cross init dockerfile linux/amd64",
                          base::ExitCode::usage};
    const std::string flag = facts.has_version ? "${VERSION:+ -X main.version=$VERSION}" : "";
    return {{"Dockerfile",
             filled(Dockerfile_in, {{"program", facts.program},
                                    {"package", facts.package},
                                    {"go", facts.go},
                                    {"platforms", joined(linux, ",", docker_platform)},
                                    {"copies", copies_of(facts.module_files)},
                                    {"version_argument", facts.has_version ? " VERSION" : ""},
                                    {"version_flag", flag}})},
            {".dockerignore", filled(dockerignore_in, {{"output", facts.output}})}};
}

// What the files of both CI services say of the gov that their jobs get.
std::string ci_file(std::string_view text, const StarterFacts& facts, std::string matrix) {
    const Conditions conditions{{"url", !facts.gov.url.empty()}, {"trust", facts.needs_trust}};
    return filled(chosen(text, conditions),
                  {{"program", facts.program},
                   {"output", facts.output},
                   {"options", facts.options},
                   {"go", facts.go},
                   {"matrix", std::move(matrix)},
                   {"gov_url", facts.gov.url},
                   {"gov_sha256", facts.gov.sha256},
                   {"gov_platform", facts.gov.platform.str()},
                   {"runner", std::string{job_for({facts.gov.platform, {}}).runner}}});
}

std::vector<StarterFile> github(const StarterFacts& facts) {
    const std::string jobs = joined(facts.targets, "\n", [](const Target& target) {
        const CiJob job = job_for(target);
        return base::format("          - {{ target: {}, name: {} }}", job.target, job.name);
    });
    return {{".github/workflows/build.yml", ci_file(github_yml_in, facts, jobs)}};
}

std::vector<StarterFile> gitlab(const StarterFacts& facts) {
    const std::string jobs = joined(facts.targets, "\n", [](const Target& target) {
        return base::format("          - {}", target.str());
    });
    return {{".gitlab-ci.yml", ci_file(gitlab_yml_in, facts, jobs)}};
}

std::vector<StarterFile> generate(const StarterFacts& facts) {
    return {{"generate.go", filled(generate_go_in, {{"program", facts.program},
                                                    {"package_name", facts.package_name},
                                                    {"output", facts.output},
                                                    {"options", facts.options}})}};
}

struct Kind {
    std::string_view name;
    std::vector<StarterFile> (*files)(const StarterFacts&);
};

constexpr std::array kinds{Kind{"dockerfile", dockerfile}, Kind{"generate", generate},
                           Kind{"github", github}, Kind{"gitlab", gitlab},
                           Kind{"makefile", makefile}};

}  // namespace

void require_starter_kind(std::string_view kind) {
    if (std::ranges::find(kinds, kind, &Kind::name) != kinds.end()) return;
    std::array<std::string_view, kinds.size()> names;
    std::ranges::transform(kinds, names.begin(), &Kind::name);
    const auto closest = base::closest_word(kind, names);
    throw base::Error{
        base::format("gov cannot write a {}", base::printable(kind)),
        closest ? base::format("did you mean {}?", *closest)
                : std::string{"it knows dockerfile, generate, github, gitlab and makefile"},
        base::ExitCode::usage};
}

std::vector<StarterFile> starter_files(std::string_view kind, const StarterFacts& facts) {
    assert(!facts.targets.empty());
    require_starter_kind(kind);
    return std::ranges::find(kinds, kind, &Kind::name)->files(facts);
}

}  // namespace gov::cross
