// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "cross/artifact/artifact_json.hpp"
#include "cross/artifact/artifact_text.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{json_option};

Json with_file(std::string_view file, const cross::Artifact& artifact) {
    Json::Object object{{"file", file}};
    const Json facts = cross::to_json(artifact);
    if (const Json::Object* members = facts.as_object())
        object.insert(object.end(), members->begin(), members->end());
    return object;
}

ExitCode run(const Invocation& invocation) {
    const bool json = invocation.arguments.has("json");
    Json::Array list;
    ExitCode code = ExitCode::done;
    for (const std::string& file : invocation.arguments.words) {
        try {
            const cross::Artifact artifact = cross::read_artifact_file(file);
            if (json)
                list.push_back(with_file(file, artifact));
            else
                invocation.output.result(
                    base::format("{}\n{}", base::printable(file), cross::to_text(artifact)));
        } catch (const base::Error& error) {  // the other files are still worth reading
            invocation.output.error(error);
            code = base::exit_code_of(error);
            if (json)
                list.push_back(Json::Object{{"file", file}, {"error", base::full_message(error)}});
        }
    }
    if (json) invocation.output.result(Json{std::move(list)}.write());
    return code;
}

}  // namespace

constinit const Command cross_inspect_command{
    .name = "cross inspect",
    .topic = Topic::cross,
    .summary = "show what program files say of themselves",
    .words = "FILE...",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Reads ELF, Mach-O (universal files too), PE, WebAssembly, Plan 9 and AIX\n"
        "programs of any origin: target, linking, symbols, signature, and what Go wrote\n"
        "about the build.",
    .run = run,
};

}  // namespace gov::commands
