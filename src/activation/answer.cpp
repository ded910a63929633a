// SPDX-License-Identifier: Apache-2.0
#include "activation/answer.hpp"

#include "base/format.hpp"

#include <ranges>
#include <vector>

namespace gov::activation {

namespace {

using Kind = Condition::Kind;

void add_spelled(std::vector<std::string>& conditions, const Condition& condition,
                 const ShellSyntax& shell) {
    const std::string path = shell.quoted(condition.path);
    const auto add = [&](const std::string& test) { conditions.push_back(shell.tested(test)); };
    switch (condition.kind) {
        case Kind::executable:
            return add("-x " + path);
        case Kind::not_executable:
            return add("! -x " + path);
        case Kind::absent:
            return add("! -e " + path);
        case Kind::unchanged:
            add("-e " + path);
            [[fallthrough]];
        case Kind::same_time: {
            const std::string reference = shell.quoted(condition.reference);
            if (!shell.missing_is_oldest) add("-e " + reference);
            add(base::format("! {} -nt {}", path, reference));
            return add(base::format("! {} -ot {}", path, reference));
        }
        case Kind::has_value:
            conditions.push_back(shell.has_value(condition.path, condition.reference));
            return;
        case Kind::is_unset:
            conditions.push_back(shell.has_value(condition.path, std::nullopt));
            return;
        case Kind::never:
            return add("-z never");
    }
}

std::string still_holds(const Verdict& verdict, const ShellSyntax& shell) {
    std::vector<std::string> conditions;
    for (const Condition& condition : verdict.conditions) add_spelled(conditions, condition, shell);
    return shell.all_of(conditions);
}

// The condition that each variable is what `plan` was made for.
std::string as_expected(const Plan& plan, const ShellSyntax& shell) {
    std::vector<std::string> conditions;
    conditions.reserve(plan.expected.size());
    for (const auto& [name, value] : plan.expected)
        conditions.push_back(shell.has_value(name, value));
    return shell.all_of(conditions);
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
                   const ShellSyntax& shell, std::string_view number) {
    const Plan back = way_back(plan, environment);
    const std::string said =
        shell.assigned("__gov_note", verdict.note) + shell.assigned("GOV_PROMPT", verdict.prompt);
    const std::string suffix = number.empty() ? std::string{} : base::format("_{}", number);
    const auto function = [&](std::string_view name, const std::string& body) {
        return shell.function(base::format("__gov_{}{}", name, suffix), body);
    };
    std::string text = shell.assigned("__gov_saw", listed(verdict.landmarks));
    text += function("same", still_holds(verdict, shell) + "\n");
    text += function("can_enter", as_expected(plan, shell) + "\n");
    text += function("enter", said + steps(plan, shell));
    text += function("can_leave", as_expected(back, shell) + "\n");
    text += function("leave", steps(back, shell));
    return text + ": gov-end\n";
}

}  // namespace gov::activation
