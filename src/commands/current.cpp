// SPDX-License-Identifier: Apache-2.0
#include "activation/explanation.hpp"
#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "activation/unseen.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/current_json.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{
    Option{.name = "explain",
           .value = "",
           .help = "say what each source asks for, and what plain go would do"},
    json_option};

using Source = activation::Statement::Source;

// What a source is to its readers.
std::string_view title_of(Source source) {
    switch (source) {
        case Source::session:
            return "GOV_VERSION, in this session";
        case Source::pin:
            return "pin files, the nearest first";
        case Source::module:
            return "Go's own go.work or go.mod";
        case Source::home_pin:
            return "pin files in your home or above";
        case Source::fallback:
            return "gov default";
    }
    return {};
}

std::string line_of(const activation::Statement& statement) {
    std::string place = statement.source == Source::fallback
                            ? std::string{}
                            : base::printable(statement.file.native());
    if (statement.line != 0) place += base::format(":{}", statement.line);
    if (!place.empty()) place += ' ';
    return base::format("{}{}{}", place, statement.says, statement.decides ? "  <- decides" : "");
}

std::string headline(const activation::Explanation& explanation) {
    const auto& selection = explanation.selection;
    if (!explanation.problem.empty())
        return base::format("no Go is in effect here: {}\n", explanation.problem);
    if (!selection) return "gov chooses no Go here\n";
    return base::format("{} is in effect here, chosen by {}{}\n", selection->name(),
                        selection->reason(),
                        selection->toolchain ? "" : ", but it is not installed; run: gov install");
}

// Where what is in effect is older than go.mod allows.
std::string floor_line(const activation::Explanation& explanation,
                       std::span<const activation::Landmark> landmarks) {
    const auto& selection = explanation.selection;
    const auto missed = selection ? activation::missed_floor(*selection, landmarks) : std::nullopt;
    return missed ? activation::describe_missed_floor(*selection, *missed) + "\n" : std::string{};
}

void say_troubles(const Invocation& invocation, const activation::Sight& sight) {
    for (const std::string& line : activation::unseen_troubles(sight, invocation.environment))
        invocation.output.note(line);
}

std::string explained(const Invocation& invocation) {
    activation::Sight sight{invocation.directory.native()};
    const auto explanation = activation::explain(sight, invocation.environment,
                                                 store::Places::of(invocation.environment));
    say_troubles(invocation, sight);
    if (invocation.arguments.has("json")) return to_json(explanation).write();
    std::string text =
        headline(explanation) + floor_line(explanation, sight.landmarks()) +
        "\nWho is asked, in this order; the first that asks for a release decides. A go line only\n"
        "says the oldest Go that will do: it decides where the default is older, or there is "
        "none.\n";
    std::size_t number = 1;
    for (const Source source :
         {Source::session, Source::pin, Source::module, Source::home_pin, Source::fallback}) {
        text += base::format("  {}. {}\n", number++, title_of(source));
        std::string lines;
        for (const auto& statement : explanation.statements)
            if (statement.source == source)
                lines += base::format("       {}\n", line_of(statement));
        text += lines.empty() ? "       nothing\n" : lines;
    }
    return text + base::format("\nWithout gov {}.\n", activation::describe(explanation.plain));
}

ExitCode run(const Invocation& invocation) {
    if (invocation.arguments.has("explain")) {
        invocation.output.result(explained(invocation));
        return ExitCode::done;
    }
    activation::Sight sight{invocation.directory.native()};
    const auto selection = activation::select(sight, invocation.environment,
                                              store::Places::of(invocation.environment));
    say_troubles(invocation, sight);
    if (!selection) throw activation::nothing_chosen();
    const auto missed = activation::missed_floor(*selection, sight.landmarks());
    invocation.output.result(
        invocation.arguments.has("json")
            ? to_json(*selection, missed).write()
            : base::format("{} ({})\n", selection->name(), selection->reason()));
    if (missed) invocation.output.note(activation::describe_missed_floor(*selection, *missed));
    if (!selection->toolchain)
        invocation.output.note(activation::in_one_line(activation::not_installed(*selection)));
    return ExitCode::done;
}

}  // namespace

constinit const Command current_command{
    .name = "current",
    .topic = Topic::projects,
    .summary = "print the version in effect here and what chose it",
    .options = options,
    .help =
        "With --explain it goes through the sources of a version in their order, first\n"
        "one wins: GOV_VERSION, pin files from here upward, go.work and go.mod, pin\n"
        "files in the home directory or above, and gov default.",
    .run = run,
};

}  // namespace gov::commands
