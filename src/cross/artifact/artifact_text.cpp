// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_text.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"

namespace gov::cross {

namespace {

using base::printable;

void add(std::string& text, std::string_view word, std::string_view fact) {
    text += base::format("  {:<12}{}\n", word, printable(fact));
}

std::string target_text(const Artifact& artifact) {
    const std::string_view os = artifact.target_os();
    const std::string arch =
        artifact.arch.empty() ? base::format("machine {:#x}", artifact.machine) : artifact.arch;
    return base::format("{}/{}", os.empty() ? "unknown" : os, arch);
}

std::string signature_text(const Artifact& artifact) {
    if (!artifact.signature) return "none";
    const CodeSignature& signature = *artifact.signature;
    return base::format(
        "{}, {}", signature.ad_hoc ? "ad hoc" : "with a certificate",
        signature.problem.empty() ? "every page hash agrees" : "BROKEN: " + signature.problem);
}

std::string module_text(const BuildModule& module) {
    std::string text = base::format("{} {}", module.path, module.version);
    if (!module.sum.empty()) text += " " + module.sum;
    if (!module.replaced_by.empty())
        text += base::format(" => {} {}", module.replaced_by, module.replaced_by_version);
    return text;
}

void add_linking(std::string& text, const Artifact& artifact) {
    if (artifact.is_static()) add(text, "linked", "statically");
    if (!artifact.interpreter.empty()) add(text, "loader", artifact.interpreter);
    if (!artifact.libraries.empty()) add(text, "libraries", base::joined(artifact.libraries, ", "));
    if (!artifact.glibc_floor.empty()) add(text, "glibc", artifact.glibc_floor + " or later");
    add(text, "symbols",
        base::format("{}, {} debug information", artifact.has_symbols ? "present" : "stripped",
                     artifact.has_debug_info ? "with" : "no"));
    if (artifact.executable_stack) add(text, "stack", "executable");
}

void add_system_facts(std::string& text, const Artifact& artifact) {
    if (!artifact.minimum_os.empty()) add(text, "minimum OS", artifact.minimum_os);
    if (artifact.format == Format::macho) {
        add(text, "LC_UUID", artifact.has_uuid ? "present" : "missing");
        add(text, "signature", signature_text(artifact));
    }
    if (artifact.format != Format::pe) return;
    add(text, "subsystem", name_of(artifact.subsystem));
    add(text, "time stamp", base::format("{}", artifact.time_stamp.value_or(0)));
    if (artifact.has_authenticode) add(text, "signature", "Authenticode, not checked");
}

void add_build_info(std::string& text, const BuildInfo& info) {
    add(text, "Go", info.go_version);
    add(text, "package", info.path);
    if (info.main_module) add(text, "module", module_text(*info.main_module));
    for (const BuildModule& module : info.dependencies)
        add(text, "dependency", module_text(module));
    for (const auto& [name, value] : info.settings)
        add(text, "build", base::format("{}={}", name, value));
}

}  // namespace

std::string to_text(const Artifact& artifact) {
    std::string text;
    const std::vector<Artifact> whole{artifact};
    for (const Artifact& part : artifact.slices.empty() ? whole : artifact.slices) {
        add(text, "target", target_text(part));
        add(text, "format",
            base::format("{}, {} bits, {}-endian, {}", name_of(part.format), part.bits,
                         part.byte_order == std::endian::big ? "big" : "little",
                         name_of(part.kind)));
        add_linking(text, part);
        add_system_facts(text, part);
        if (part.build_info)
            add_build_info(text, *part.build_info);
        else
            add(text, "Go", "no build information");
    }
    return text;
}

}  // namespace gov::cross
