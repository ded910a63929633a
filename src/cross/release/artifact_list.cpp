// SPDX-License-Identifier: Apache-2.0
#include "cross/release/artifact_list.hpp"

#include "base/ascii.hpp"
#include "base/format.hpp"
#include "base/or_null.hpp"

#include <algorithm>
#include <map>

namespace gov::cross {

namespace {

using base::Json;

Json own_facts(const BuildOutcome& outcome) {
    const Artifact& artifact = outcome.proved_artifact();
    Json::Object facts{
        {"format", name_of(artifact.format)},
        {"kind", name_of(artifact.kind)},
        {"static", artifact.is_static()},
        {"stripped", !artifact.has_symbols && !artifact.has_debug_info},
        {"glibc_floor", base::or_null(artifact.glibc_floor)},
        {"minimum_os", base::or_null(artifact.minimum_os)},
        {"c", to_json(outcome.c)},
        {"libraries", Json::Array(artifact.libraries.begin(), artifact.libraries.end())},
        {"normalised", Json::Array(outcome.normalised.begin(), outcome.normalised.end())}};
    if (!outcome.packed_from.empty())  // what else is told here is of the program before
        facts.emplace_back("packed_from", "sha256:" + outcome.packed_from);
    if (const auto& info = artifact.build_info) {
        Json::Object settings;
        for (const auto& [name, value] : info->settings) settings.emplace_back(name, value);
        facts.emplace_back("go_version", info->go_version);
        facts.emplace_back("package", info->path);
        facts.emplace_back("settings", std::move(settings));
    }
    return facts;
}

Json entry_of(const BuildOutcome& outcome) {
    const Target& target = outcome.target;
    const std::string name = outcome.file.filename().native();
    Json::Object entry{{"name", name},
                       {"path", outcome.file.native()},
                       {"goos", target.platform.os},
                       {"goarch", target.platform.arch}};
    if (!target.variant.empty())
        entry.emplace_back(base::lower_case(target.variant_setting()), target.variant);
    entry.emplace_back("target", target.str());
    entry.emplace_back("type", target.platform.arch == "all" ? "Universal Binary" : "Binary");
    entry.emplace_back("extra",
                       Json::Object{{"ID", outcome.build},
                                    {"Binary", name},
                                    {"Ext", program_extension(target.platform)},
                                    {"Checksum", "sha256:" + outcome.digest},
                                    {"Size", static_cast<std::int64_t>(outcome.size)},
                                    {"DynamicallyLinked", !outcome.proved_artifact().is_static()},
                                    {"gov", own_facts(outcome)}});
    return entry;
}

bool stands(const BuildOutcome& outcome) {
    return outcome.result == BuildResult::proved;
}

}  // namespace

Json artifact_list(const std::vector<BuildOutcome>& outcomes, const std::vector<ListedFile>& others,
                   const std::filesystem::path& output) {
    Json::Array list;
    for (const BuildOutcome& outcome : outcomes)
        if (stands(outcome)) list.push_back(entry_of(outcome));
    for (const ListedFile& file : others) {
        Json::Object entry{
            {"name", file.name}, {"path", (output / file.name).native()}, {"type", file.type}};
        Json::Object extra;
        if (!file.digest.empty()) extra.emplace_back("Checksum", "sha256:" + file.digest);
        if (!file.of.empty()) extra.emplace_back("Of", file.of);
        if (!extra.empty()) entry.emplace_back("extra", std::move(extra));
        list.push_back(std::move(entry));
    }
    return list;
}

std::string checksums_of(const std::vector<BuildOutcome>& outcomes,
                         const std::vector<ListedFile>& others) {
    std::map<std::string, std::string> digests;
    for (const BuildOutcome& outcome : outcomes)
        if (stands(outcome)) digests.emplace(outcome.file.filename().native(), outcome.digest);
    for (const ListedFile& file : others)
        if (!file.digest.empty()) digests.emplace(file.name, file.digest);
    std::string text;
    for (const auto& [name, digest] : digests) text += base::format("{}  {}\n", digest, name);
    return text;
}

Json metadata_of(const Plan& plan, const std::vector<BuildOutcome>& outcomes,
                 std::string_view go_version) {
    Json::Object object{{"version", base::or_null(plan.facts.version)}, {"go_version", go_version}};
    for (const BuildOutcome& outcome : outcomes) {
        if (!stands(outcome)) continue;
        const auto& info = outcome.proved_artifact().build_info;
        if (!info) continue;
        const auto setting = [&](const char* name) {
            return base::or_null(info->setting(name).value_or(""));
        };
        const std::string& path = info->main_module ? info->main_module->path : info->path;
        object.emplace_back("project_name", path.substr(path.find_last_of('/') + 1));
        object.emplace_back("module", path);
        object.emplace_back("commit", setting("vcs.revision"));
        object.emplace_back("date", setting("vcs.time"));
        object.emplace_back("modified", setting("vcs.modified"));
        break;
    }
    object.emplace_back("tag", plan.facts.source ? base::or_null(plan.facts.source->tag) : Json{});
    return object;
}

}  // namespace gov::cross
