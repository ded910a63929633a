// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_plan.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "cross/cgo/c_inputs.hpp"
#include "cross/cgo/zig.hpp"

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Json;

// Go has no cgo for these (internal/platform).
bool can_have_c_code(const toolchain::Platform& platform) {
    return platform.arch != "wasm" && platform.os != "plan9";
}

bool is_enabled(const CompilerNeed& need, const CCode& code) {
    const Cgo cgo = need.settings.cgo.value_or(Cgo::automatic);
    if (cgo != Cgo::automatic) return cgo == Cgo::on;
    return !code.packages.empty() && can_have_c_code(need.target.platform);
}

}  // namespace

CPlan plan_c(const CompilerNeed& need, const CCode& code, const fs::path& directory,
             const CompilerPlaces& places) {
    CPlan plan{.enabled = is_enabled(need, code),
               .settings = effective_settings(need),
               .has_cxx = code.has_cxx,
               .toolchain = {}};
    if (plan.settings.sdk) plan.settings.sdk = (directory / *plan.settings.sdk).native();
    if (!plan.enabled) {
        plan.settings.macos_min = need.settings.macos_min;  // Go's own linker writes what it needs
        return plan;
    }
    try {
        plan.toolchain =
            make_c_toolchain({need.target, plan.settings, need.goroot, need.go_version}, places);
    } catch (const base::Error& error) {
        if (code.packages.empty() || need.settings.cgo == Cgo::on) throw;
        throw base::Error{
            base::format("{} has C code, and {}", base::printable(code.packages.front()),
                         base::full_message(error)),
            error.hint().find("--cgo off") != std::string::npos
                ? error.hint()
                : base::format("{}; --cgo off leaves the C code out", error.hint()),
            error.code()};
    }
    return plan;
}

void add_c_environment(const CPlan& plan, const fs::path& directory,
                       base::Environment& environment) {
    environment.set("CGO_ENABLED", plan.enabled ? "1" : "0");
    if (!plan.toolchain) return;
    for (const auto& [name, value] : plan.toolchain->variables) environment.set(name, value);
    environment.set("PATH", base::format("{}:{}", plan.toolchain->folder.native(),
                                         environment.get("PATH").value_or("")));
    if (!plan.settings.inputs || plan.settings.inputs->empty()) return;
    std::string flags{environment.get("CGO_CPPFLAGS").value_or("")};
    if (!flags.empty()) flags += ' ';
    flags += "-DGOV_C_INPUTS=" + hash_of_inputs(directory, *plan.settings.inputs);
    environment.set("CGO_CPPFLAGS", std::move(flags));
}

void add_c_flags(const CToolchain& toolchain, BuildSettings& settings) {
    settings.ldflags = linker_words(settings.ldflags, toolchain);
    if (toolchain.tags.empty()) return;
    std::vector<std::string> tags = settings.tags.value_or(std::vector<std::string>{});
    tags.insert(tags.end(), toolchain.tags.begin(), toolchain.tags.end());
    settings.tags = std::move(tags);
}

void prepare_c_toolchain(const CPlan& plan, const CompilerPlaces& places,
                         const std::function<void(std::string)>& tell) {
    if (!plan.toolchain || plan.toolchain->compiler.kind != CompilerKind::zig) return;
    const CToolchain& toolchain = *plan.toolchain;
    warm(toolchain, plan.has_cxx ? CLanguage::cxx : CLanguage::c, places, tell);
}

Json to_json(const CPlan& plan) {
    Json::Object object{{"cgo", plan.enabled}};
    if (!plan.toolchain) return object;
    const CCompiler& compiler = plan.toolchain->compiler;
    object.emplace_back("cc", name_of(compiler.kind));
    object.emplace_back("cc_version", base::or_null(compiler.version));
    object.emplace_back("cc_target", base::or_null(compiler.triple));
    object.emplace_back("cc_program", compiler.program.native());
    object.emplace_back("sdk", base::or_null(compiler.sdk.native()));
    return object;
}

std::string text_of(const CPlan& plan) {
    if (!plan.toolchain) return "off";
    const CCompiler& compiler = plan.toolchain->compiler;
    std::string text = base::format("{} (", compiler.name());
    if (!compiler.triple.empty()) text += compiler.triple + ", ";
    text += compiler.program.native();
    if (!compiler.sdk.empty()) text += base::format(", SDK {}", compiler.sdk.native());
    return text + ")";
}

}  // namespace gov::cross
