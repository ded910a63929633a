// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "commands/all_commands.hpp"
#include "store/installed.hpp"

namespace gov::commands {

namespace {

using base::ExitCode;

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    if (invocation.arguments.words.empty()) {
        const auto spec = store::default_spec(places);
        if (!spec)
            throw base::Error{"no default is chosen", "choose one with gov default VERSION",
                              ExitCode::no_release};
        const auto version = store::default_version(places);
        invocation.output.result((version ? version->name() : spec->text()) + "\n");
        return ExitCode::done;
    }
    const auto spec = toolchain::VersionSpec::require(invocation.arguments.words[0]);
    const activation::Selection selection =
        activation::resolve({{spec}, activation::Origin::fallback}, places);
    const std::string name = selection.require_toolchain().name();
    store::set_default(places, spec);
    invocation.output.note(spec.exact()
                               ? base::format("{} is the default where nothing is pinned", name)
                               : base::format("{} is the default where nothing is pinned, here {}",
                                              spec.meaning(), name));
    return ExitCode::done;
}

}  // namespace

constinit const Command default_command{
    .name = "default",
    .topic = Topic::toolchains,
    .summary = "show or choose the release for places that pin none",
    .words = "[VERSION]",
    .most_words = 1,
    .completes = WordKind::installed,
    .run = run,
};

}  // namespace gov::commands
