// SPDX-License-Identifier: Apache-2.0
#include "base/closest_word.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/standard_input.hpp"
#include "commands/all_commands.hpp"
#include "cross/diagnosis/diagnosis_text.hpp"

#include <array>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;
using cross::Diagnosis;
using cross::DiagnosisRule;

constexpr std::size_t largest_log = std::size_t{64} << 20U;

constexpr std::array options{json_option};

std::string list_of_rules() {
    std::string text;
    for (const DiagnosisRule* rule : cross::diagnosis_rules())
        text += base::format("{:<21} {}\n", rule->id, cross::explain(*rule).meaning);
    return text;
}

base::Json json_of_rules() {
    std::vector<Diagnosis> all;
    for (const DiagnosisRule* rule : cross::diagnosis_rules()) all.push_back(cross::explain(*rule));
    return cross::to_json(all);
}

[[noreturn]] void refuse(const std::string& word) {
    std::vector<std::string_view> ids;
    for (const DiagnosisRule* rule : cross::diagnosis_rules()) ids.push_back(rule->id);
    const auto closest = base::closest_word(word, ids);
    throw Error{
        base::format("{} is neither a rule nor a file", base::printable(word)),
        closest ? base::format("did you mean {}?", *closest) : "gov cross explain lists the rules",
        ExitCode::usage};
}

std::string read_log(const std::string& word) {
    if (word == "-") return base::read_standard_input(largest_log);
    const auto log = base::read_file(word, largest_log);
    if (!log) refuse(word);
    return *log;
}

std::string text_of(const Diagnosis& diagnosis) {
    if (diagnosis.line_number == 0) return cross::to_text(diagnosis);
    return base::format("line {}: {}\n{}", diagnosis.line_number, base::printable(diagnosis.line),
                        cross::to_text(diagnosis));
}

ExitCode run(const Invocation& invocation) {
    const bool json = invocation.arguments.has("json");
    if (invocation.arguments.words.empty()) {
        invocation.output.result(json ? json_of_rules().write() : list_of_rules());
        return ExitCode::done;
    }
    const std::string& word = invocation.arguments.words.front();
    std::vector<Diagnosis> found;
    if (const DiagnosisRule* rule = cross::find_rule(word)) {
        found.push_back(cross::explain(*rule));
    } else {
        const std::string log = read_log(word);
        found = cross::diagnose(log, cross::target_of_log(log));
    }
    std::string text;
    for (const Diagnosis& diagnosis : found)
        text += (text.empty() ? "" : "\n") + text_of(diagnosis);
    invocation.output.result(json ? cross::to_json(found).write() : text);
    if (found.empty())
        throw Error{base::format("nothing in {} is known",
                                 word == "-" ? "standard input" : base::printable(word)),
                    "gov cross explain lists what is"};
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_explain_command{
    .name = "cross explain",
    .topic = Topic::cross,
    .summary = "say what a failed build means, and what to do about it",
    .words = "[ID|LOG]",
    .most_words = 1,
    .completes = WordKind::file,
    .options = options,
    .help =
        "ID is a rule's, as cross build and cross verify name them; LOG a file, or - for\n"
        "standard input, with what go and the compilers printed, by whatever it was\n"
        "run. Without either, lists the rules.",
    .run = run,
};

}  // namespace gov::commands
