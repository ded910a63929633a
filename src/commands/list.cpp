// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "commands/all_commands.hpp"
#include "store/installed.hpp"
#include "store/receipt.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{Option{.name = "long",
                                    .value = "",
                                    .help = "also where each came from and what proved it",
                                    .letter = 'l'},
                             json_option};

// The version in effect here; nullopt also where a bad pin is in the way: a list is still a list.
std::optional<toolchain::GoVersion> current(const Invocation& invocation,
                                            const store::Places& places) {
    try {
        const auto selection =
            activation::select(invocation.directory, invocation.environment, places);
        return selection ? std::optional{selection->version} : std::nullopt;
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

Json to_json(const store::Toolchain& toolchain, bool is_current, bool is_default,
             const store::Places& places) {
    Json::Object members{{"version", toolchain.version.name()},
                         {"goroot", toolchain.goroot.native()},
                         {"current", is_current},
                         {"default", is_default}};
    if (const auto receipt = store::read_receipt(places, toolchain.version)) {
        members.emplace_back("source", receipt->source);
        members.emplace_back("h1", receipt->h1);
        members.emplace_back("proved_by", receipt->proved_by);
    }
    return members;
}

std::string long_text(const store::Toolchain& toolchain, const store::Places& places) {
    const auto receipt = store::read_receipt(places, toolchain.version);
    if (!receipt) return "  no receipt";
    const std::string proof = receipt->proof
                                  ? base::format("log: {} (record {})", receipt->proof->database,
                                                 receipt->proof->record_id)
                                  : std::string{"index"};
    return base::format("  {:<8}  {}  {}", receipt->source, proof, toolchain.goroot.native());
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const auto here = current(invocation, places);
    const auto fallback = store::default_version(places);
    const bool json = invocation.arguments.has("json");
    const bool with_receipt = invocation.arguments.has("long");
    Json::Array list;
    std::string text;
    for (const store::Toolchain& toolchain : store::installed(places)) {
        const bool is_current = here == toolchain.version;
        const bool is_default = fallback == toolchain.version;
        if (json) {
            list.push_back(to_json(toolchain, is_current, is_default, places));
            continue;
        }
        text += base::format("{} {}{}{}\n", is_current ? '*' : ' ', toolchain.version.name(),
                             with_receipt ? long_text(toolchain, places) : std::string{},
                             is_default ? "  (default)" : "");
    }
    invocation.output.result(json ? Json{std::move(list)}.write() : text);
    return ExitCode::done;
}

}  // namespace

constinit const Command list_command{
    .name = "list",
    .summary = "list the installed releases",
    .options = options,
    .help = "The one in effect in this directory is marked with a star.",
    .run = run,
};

}  // namespace gov::commands
