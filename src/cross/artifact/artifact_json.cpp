// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_json.hpp"

#include "base/or_null.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

using base::Json;

Json to_json(const BuildModule& module) {
    Json::Object object{
        {"path", module.path}, {"version", module.version}, {"sum", base::or_null(module.sum)}};
    if (!module.replaced_by.empty())
        object.emplace_back("replaced_by",
                            Json::Object{{"path", module.replaced_by},
                                         {"version", base::or_null(module.replaced_by_version)},
                                         {"sum", base::or_null(module.replaced_by_sum)}});
    return object;
}

Json to_json(const BuildInfo& info) {
    Json::Array dependencies;
    for (const BuildModule& module : info.dependencies) dependencies.push_back(to_json(module));
    Json::Object settings;
    for (const auto& [name, value] : info.settings) {
        const auto same = [&](const Json::Member& member) { return member.first == name; };
        if (std::none_of(settings.begin(), settings.end(), same))
            settings.emplace_back(name, value);
    }
    return Json::Object{
        {"go_version", info.go_version},
        {"path", info.path},
        {"main", info.main_module ? to_json(*info.main_module) : Json{}},
        {"dependencies", std::move(dependencies)},
        {"settings", std::move(settings)},
    };
}

void add_elf(const Artifact& artifact, Json::Object& object) {
    object.emplace_back("interpreter", base::or_null(artifact.interpreter));
    object.emplace_back("glibc_floor", base::or_null(artifact.glibc_floor));
    object.emplace_back("executable_stack", artifact.executable_stack);
}

void add_macho(const Artifact& artifact, Json::Object& object) {
    object.emplace_back("interpreter", base::or_null(artifact.interpreter));
    object.emplace_back("minimum_os", base::or_null(artifact.minimum_os));
    object.emplace_back("uuid", artifact.has_uuid);
    Json signature;
    if (const auto& found = artifact.signature)
        signature = Json::Object{{"ad_hoc", found->ad_hoc},
                                 {"identifier", found->identifier},
                                 {"valid", found->problem.empty()},
                                 {"problem", base::or_null(found->problem)}};
    object.emplace_back("signature", std::move(signature));
}

void add_pe(const Artifact& artifact, Json::Object& object) {
    object.emplace_back("minimum_os", base::or_null(artifact.minimum_os));
    object.emplace_back("subsystem", name_of(artifact.subsystem));
    object.emplace_back("time_stamp", std::int64_t{artifact.time_stamp.value_or(0)});
    object.emplace_back("authenticode", artifact.has_authenticode);
}

}  // namespace

Json to_json(const Artifact& artifact) {
    Json::Array libraries(artifact.libraries.begin(), artifact.libraries.end());
    Json::Object object{
        {"format", name_of(artifact.format)},
        {"os", base::or_null(artifact.target_os())},
        {"arch", base::or_null(artifact.arch)},
        {"machine", std::int64_t{artifact.machine}},
        {"bits", artifact.bits},
        {"byte_order", artifact.byte_order == std::endian::big ? "big" : "little"},
        {"kind", name_of(artifact.kind)},
        {"static", artifact.is_static()},
        {"libraries", std::move(libraries)},
        {"symbols", artifact.has_symbols},
        {"debug_info", artifact.has_debug_info},
    };
    switch (artifact.format) {
        case Format::elf:
            add_elf(artifact, object);
            break;
        case Format::macho:
            add_macho(artifact, object);
            break;
        case Format::pe:
            add_pe(artifact, object);
            break;
        case Format::wasm:
        case Format::plan9:
        case Format::xcoff:
            break;
    }
    object.emplace_back("build_info", artifact.build_info ? to_json(*artifact.build_info) : Json{});
    if (!artifact.slices.empty()) {
        Json::Array slices;
        for (const Artifact& slice : artifact.slices) slices.push_back(to_json(slice));
        object.emplace_back("slices", std::move(slices));
    }
    return object;
}

}  // namespace gov::cross
