// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/compiler_canary.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "cross/artifact/artifact_rules.hpp"
#include "cross/cgo/c_toolchain.hpp"
#include "cross/cgo/zig.hpp"
#include "cross/temporary_directory.hpp"

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr const char* source_text =
    "#include <stdio.h>\n#include <stdlib.h>\n"
    "int main(int count, char **words) {\n"
    "    (void)words;\n"
    "    char text[20];\n"
    "    snprintf(text, sizeof text, \"%d\", 41 + count);\n"
    "    return puts(text) < 0 || atoi(text) == 0;\n"
    "}\n";

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// Which of the rules a program for `need` breaks; empty: none.
std::string trouble_with(const Artifact& artifact, const CompilerNeed& need) {
    const Expectation wanted{.os = need.target.platform.os,
                             .arch = need.target.platform.arch,
                             .go_version = {},
                             .cgo = std::nullopt,
                             .trimpath = std::nullopt};
    Policy policy;
    demand(effective_settings(need), need.target.platform.os, policy);
    std::string text;
    for (const Findings& findings : {verify(artifact, wanted), check_policy(artifact, {}, policy)})
        for (const Finding& finding : findings)
            if (finding.level == Level::error && finding.rule != "uuid")
                text += base::format("{}{}", text.empty() ? "" : "; ", finding.message);
    return text;
}

void compile(const CToolchain& toolchain, const CompilerNeed& need, const CompilerPlaces& places,
             std::chrono::seconds limit, CompilerCanary& canary) {
    const TemporaryDirectory folder{"canary"};
    const fs::path source = folder.path() / "canary.c";
    const fs::path program = folder.path() / "canary.exe";
    base::write_file_atomically(source, source_text);
    std::vector<std::string> arguments{
        (toolchain.folder / toolchain.variables.front().second).native(), source.native(), "-o",
        program.native()};
    arguments.insert(arguments.end(), toolchain.external_flags.begin(),
                     toolchain.external_flags.end());
    const base::ProcessResult result = base::run({.arguments = std::move(arguments),
                                                  .environment = places.environment,
                                                  .directory = folder.path(),
                                                  .limit = limit});
    if (result.status != 0) {
        canary.problem = base::format("{} does not compile for {}: {}", toolchain.compiler.name(),
                                      need.target.str(), first_line(result.errors));
        canary.hint = "gov cross explain tells more of a whole log";
        return;
    }
    canary.artifact = read_artifact_file(program);
    canary.problem = trouble_with(*canary.artifact, need);
}

}  // namespace

CompilerCanary try_compiler(const CompilerNeed& need, const CompilerPlaces& places,
                            std::chrono::seconds limit,
                            const std::function<void(std::string)>& tell) {
    CompilerCanary canary;
    try {
        const CToolchain toolchain = make_c_toolchain(need, places);
        canary.compiler = toolchain.compiler;
        canary.was_cold = toolchain.compiler.kind == CompilerKind::zig &&
                          !is_warm(toolchain.compiler, CLanguage::c, places);
        if (canary.was_cold) warm(toolchain, CLanguage::c, places, tell);
        compile(toolchain, need, places, limit, canary);
    } catch (const base::Error& error) {
        if (base::exit_code_of(error) == base::ExitCode::interrupted) throw;
        canary.problem = base::full_message(error);
        canary.hint = base::hint_of(error);
    }
    return canary;
}

}  // namespace gov::cross
