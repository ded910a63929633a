// SPDX-License-Identifier: Apache-2.0
#include "cross/release/provenance.hpp"

#include "base/format.hpp"

#include <map>

namespace gov::cross {

namespace {

using base::Json;

// What was built into any of the artifacts, each once: the release, the commit and the modules.
Json::Array materials_of(const std::vector<BuildOutcome>& outcomes, std::string_view go_version) {
    std::map<std::string, std::string> digests;  // "name digest-kind" by URI
    Json::Array materials;
    materials.push_back(Json::Object{{"uri", base::format("pkg:golang/toolchain@{}", go_version)}});
    for (const BuildOutcome& outcome : outcomes) {
        if (outcome.result != BuildResult::proved) continue;
        const auto& info = outcome.proved_artifact().build_info;
        if (!info) continue;
        const auto add = [&](const std::string& uri, std::string_view kind,
                             std::string_view value) {
            if (!digests.emplace(uri, value).second) return;
            Json::Object material{{"uri", uri}};
            if (!value.empty())
                material.emplace_back("digest", Json::Object{{std::string{kind}, value}});
            materials.push_back(std::move(material));
        };
        if (const auto revision = info->setting("vcs.revision"); revision && info->main_module)
            add("git+https://" + info->main_module->path, "gitCommit", *revision);
        for (const BuildModule& module : info->dependencies) {
            const bool replaced = !module.replaced_by.empty();
            add(base::format("pkg:golang/{}@{}", replaced ? module.replaced_by : module.path,
                             replaced ? module.replaced_by_version : module.version),
                "dirHash", replaced ? module.replaced_by_sum : module.sum);
        }
    }
    return materials;
}

}  // namespace

Json provenance_of(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                   std::string_view go_version) {
    Json::Array subjects;
    Json::Array builds;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const BuildOutcome& outcome = outcomes[i];
        if (outcome.result != BuildResult::proved) continue;
        const std::string name = outcome.file.filename().native();
        subjects.push_back(
            Json::Object{{"name", name}, {"digest", Json::Object{{"sha256", outcome.digest}}}});
        Json::Object build{{"name", name}, {"target", outcome.target.str()}};
        if (i < plan.steps.size()) {
            const auto& arguments = plan.steps[i].arguments;
            build.emplace_back("package", plan.steps[i].package.import_path);
            build.emplace_back("arguments", Json::Array(arguments.begin(), arguments.end()));
        }
        build.emplace_back("c", to_json(outcome.c));
        build.emplace_back("normalised",
                           Json::Array(outcome.normalised.begin(), outcome.normalised.end()));
        builds.push_back(std::move(build));
    }
    return Json::Object{
        {"_type", "https://in-toto.io/Statement/v1"},
        {"subject", std::move(subjects)},
        {"predicateType", "https://slsa.dev/provenance/v1"},
        {"predicate",
         Json::Object{
             {"buildDefinition",
              Json::Object{
                  {"buildType", "gov cross build v1"},
                  {"externalParameters", Json::Object{{"go_version", go_version},
                                                      {"version", plan.facts.version},
                                                      {"builds", std::move(builds)}}},
                  {"internalParameters", Json::Object{{"trimpath", true}, {"GOENV", "off"}}},
                  {"resolvedDependencies", materials_of(outcomes, go_version)}}},
             {"runDetails",
              Json::Object{
                  {"builder", Json::Object{{"id", "gov"},
                                           {"version", Json::Object{{"gov", GOV_VERSION}}}}}}}}}};
}

}  // namespace gov::cross
