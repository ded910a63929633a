// SPDX-License-Identifier: Apache-2.0
#include "cross/release/sbom.hpp"

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "base/format.hpp"

#include <vector>

namespace gov::cross {

namespace {

using base::Json;

// A module as it was built: what replaces it, where something does.
struct Component {
    std::string path;
    std::string version;
    std::string digest;  // the h1 in hex; empty: none
};

// The h1 is the SHA-256 of a list of files (golang.org/x/mod/sumdb/dirhash), in base64.
std::string hex_of(std::string_view sum) {
    if (!sum.starts_with("h1:")) return {};
    const auto bytes = base::from_base64(sum.substr(3));
    return bytes ? base::to_hex(base::as_bytes(*bytes)) : std::string{};
}

Component component_of(const BuildModule& module) {
    if (module.replaced_by.empty()) return {module.path, module.version, hex_of(module.sum)};
    return {module.replaced_by, module.replaced_by_version, hex_of(module.replaced_by_sum)};
}

std::vector<Component> components_of(const Artifact& artifact) {
    std::vector<Component> components;
    if (!artifact.build_info) return components;
    const std::string& go = artifact.build_info->go_version;
    components.push_back({"std", go.starts_with("go") ? go.substr(2) : go, {}});
    for (const BuildModule& module : artifact.build_info->dependencies)
        components.push_back(component_of(module));
    return components;
}

// As the package URL specification has it for type golang: in lower case, "!" nowhere.
std::string package_url(const Component& component) {
    std::string url = "pkg:golang/";
    for (const char letter : component.path) {
        if (letter >= 'A' && letter <= 'Z')
            url += static_cast<char>(letter + ('a' - 'A'));
        else
            url += letter;
    }
    if (!component.version.empty()) {
        url += '@';
        for (const char letter : component.version)
            url += letter == '+' ? std::string{"%2B"} : std::string(1, letter);
    }
    return url;
}

std::string main_version(const Artifact& artifact) {
    if (!artifact.build_info) return {};
    const BuildInfo& info = *artifact.build_info;
    if (info.main_module && info.main_module->version != "(devel)" &&
        !info.main_module->version.empty())
        return info.main_module->version;
    return std::string{info.setting("vcs.revision").value_or("")};
}

Json cyclonedx_component(const Component& component) {
    const std::string url = package_url(component);
    Json::Object object{{"type", "library"}, {"bom-ref", url}, {"name", component.path}};
    if (!component.version.empty()) object.emplace_back("version", component.version);
    object.emplace_back("purl", url);
    if (!component.digest.empty())
        object.emplace_back("properties", Json::Array{Json::Object{{"name", "go:h1"},
                                                                   {"value", component.digest}}});
    return object;
}

std::string spdx_id(std::string_view text) {
    std::string id = "SPDXRef-";
    for (const char letter : text) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') ||
                              (letter >= 'A' && letter <= 'Z') ||
                              (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
        id += is_plain ? letter : '-';
    }
    return id;
}

Json spdx_package(const Component& component, std::size_t number) {
    return Json::Object{
        {"SPDXID", spdx_id(base::format("{}-{}", number, component.path))},
        {"name", component.path},
        {"versionInfo", component.version},
        {"downloadLocation", "NOASSERTION"},
        {"filesAnalyzed", false},
        {"licenseConcluded", "NOASSERTION"},
        {"licenseDeclared", "NOASSERTION"},
        {"copyrightText", "NOASSERTION"},
        {"externalRefs", Json::Array{Json::Object{{"referenceCategory", "PACKAGE-MANAGER"},
                                                  {"referenceType", "purl"},
                                                  {"referenceLocator", package_url(component)}}}}};
}

Json relationship(std::string_view from, std::string_view kind, std::string_view to) {
    return Json::Object{
        {"spdxElementId", from}, {"relationshipType", kind}, {"relatedSpdxElement", to}};
}

}  // namespace

Json cyclonedx_bill(const BillSubject& subject) {
    const Artifact& artifact = subject.artifact;
    Json::Object program{
        {"type", "application"}, {"bom-ref", subject.name}, {"name", subject.name}};
    if (const std::string version = main_version(artifact); !version.empty())
        program.emplace_back("version", version);
    program.emplace_back(
        "hashes", Json::Array{Json::Object{{"alg", "SHA-256"}, {"content", subject.digest}}});
    Json::Array components;
    Json::Array needed;
    for (const Component& component : components_of(artifact)) {
        components.push_back(cyclonedx_component(component));
        needed.emplace_back(package_url(component));
    }
    return Json::Object{
        {"bomFormat", "CycloneDX"},
        {"specVersion", "1.5"},
        {"version", 1},
        {"metadata",
         Json::Object{{"tools", Json::Object{{"components", Json::Array{Json::Object{
                                                                {"type", "application"},
                                                                {"name", "gov"},
                                                                {"version", GOV_VERSION}}}}}},
                      {"component", std::move(program)}}},
        {"components", std::move(components)},
        {"dependencies",
         Json::Array{Json::Object{{"ref", subject.name}, {"dependsOn", std::move(needed)}}}}};
}

Json spdx_bill(const BillSubject& subject) {
    const Artifact& artifact = subject.artifact;
    std::string_view time;
    if (artifact.build_info) time = artifact.build_info->setting("vcs.time").value_or("");
    Json::Array packages;
    Json::Array relationships;
    const std::string own = spdx_id("program-" + subject.name);
    packages.push_back(Json::Object{
        {"SPDXID", own},
        {"name", subject.name},
        {"versionInfo", main_version(artifact)},
        {"downloadLocation", "NOASSERTION"},
        {"filesAnalyzed", false},
        {"licenseConcluded", "NOASSERTION"},
        {"licenseDeclared", "NOASSERTION"},
        {"copyrightText", "NOASSERTION"},
        {"primaryPackagePurpose", "APPLICATION"},
        {"checksums",
         Json::Array{Json::Object{{"algorithm", "SHA256"}, {"checksumValue", subject.digest}}}}});
    relationships.push_back(relationship("SPDXRef-DOCUMENT", "DESCRIBES", own));
    std::size_t number = 0;
    for (const Component& component : components_of(artifact)) {
        Json package = spdx_package(component, ++number);
        relationships.push_back(relationship(own, "DEPENDS_ON", package.text("SPDXID")));
        packages.push_back(std::move(package));
    }
    return Json::Object{
        {"spdxVersion", "SPDX-2.3"},
        {"dataLicense", "CC0-1.0"},
        {"SPDXID", "SPDXRef-DOCUMENT"},
        {"name", subject.name},
        {"documentNamespace", base::format("urn:sha256:{}", subject.digest)},
        {"creationInfo",
         Json::Object{{"created", time.empty() ? std::string_view{"1970-01-01T00:00:00Z"} : time},
                      {"creators", Json::Array{Json{"Tool: gov-" GOV_VERSION}}}}},
        {"packages", std::move(packages)},
        {"relationships", std::move(relationships)}};
}

}  // namespace gov::cross
