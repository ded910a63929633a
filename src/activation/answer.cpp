// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"

#include "base/format.hpp"

#include <ranges>
#include <vector>

namespace gov::activation {

namespace {

using Kind = Condition::Kind;

std::string all_of(const std::vector<std::string>& conditions, const ShellSyntax& shell) {
    std::string text;
    for (const std::string& condition : conditions) {
        if (!text.empty()) text += shell.both;
        text += condition;
    }
    return text.empty() ? "true" : text;
}

std::string spelled(const Condition& condition, const ShellSyntax& shell) {
    const std::string path = shell.quoted(condition.path);
    switch (condition.kind) {
        case Kind::executable:
            return shell.tested("-x " + path);
        case Kind::not_executable:
            return shell.tested("! -x " + path);
        case Kind::absent:
            return shell.tested("! -e " + path);
        case Kind::unchanged: {
            // Shells differ on -nt with a missing file, so existence is tested first.
            const std::string reference = shell.quoted(condition.reference);
            return all_of({shell.tested("-e " + path), shell.tested("-e " + reference),
                           shell.tested(base::format("! {} -nt {}", path, reference)),
                           shell.tested(base::format("! {} -ot {}", path, reference))},
                          shell);
        }
        case Kind::has_value:
            return shell.has_value(condition.path, condition.reference);
        case Kind::is_unset:
            return shell.has_value(condition.path, std::nullopt);
        case Kind::never:
            break;
    }
    return "false";
}

std::string still_holds(const Verdict& verdict, const ShellSyntax& shell) {
    std::vector<std::string> conditions;
    conditions.reserve(verdict.conditions.size());
    for (const Condition& condition : verdict.conditions)
        conditions.push_back(spelled(condition, shell));
    return all_of(conditions, shell);
}

// The condition that each variable is what `plan` was made for.
std::string as_expected(const Plan& plan, const ShellSyntax& shell) {
    std::vector<std::string> conditions;
    conditions.reserve(plan.expected.size());
    for (const auto& [name, value] : plan.expected)
        conditions.push_back(shell.has_value(name, value));
    return all_of(conditions, shell);
}

// The steps of `plan`, in the words of the hook's own functions.
std::string steps(const Plan& plan, const ShellSyntax& shell) {
    std::string text;
    for (const auto& [name, value] : plan.changes)
        text += value ? base::format("__gov_set {} {}\n", name, shell.quoted(*value))
                      : base::format("__gov_unset {}\n", name);
    for (const std::string& entry : plan.dropped)
        text += base::format("__gov_drop {}\n", shell.quoted(entry));
    for (const std::string& entry : plan.added | std::views::reverse)
        text += base::format("__gov_add {}\n", shell.quoted(entry));
    return text.empty() ? "true\n" : text;
}

// The landmarks as the hook lists them; no path has "//" inside.
std::string listed(const std::vector<Landmark>& landmarks) {
    std::string text;
    for (const Landmark& landmark : landmarks) text += "/" + landmark.path;
    return text;
}

}  // namespace

std::string answer(const Verdict& verdict, const Plan& plan, const base::Environment& environment,
                   const ShellSyntax& shell) {
    const Plan back = plan_to(Goal{}, applied(plan, environment));
    std::string text = shell.assigned("__gov_saw", listed(verdict.landmarks));
    text += shell.assigned("__gov_note", verdict.note);
    text += shell.assigned("GOV_PROMPT", verdict.prompt);
    text += shell.function("__gov_same", still_holds(verdict, shell) + "\n");
    text += shell.function("__gov_can_enter", as_expected(plan, shell) + "\n");
    text += shell.function("__gov_enter", steps(plan, shell));
    text += shell.function("__gov_can_leave", as_expected(back, shell) + "\n");
    text += shell.function("__gov_leave", steps(back, shell));
    return text + ": gov-end\n";
}

}  // namespace gov::activation
