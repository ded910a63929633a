// SPDX-License-Identifier: Apache-2.0
#include "activation/plan.hpp"

#include "activation/search_path.hpp"
#include "activation/state.hpp"
#include "base/format.hpp"

#include <algorithm>
#include <ranges>

namespace gov::activation {

namespace {

using base::Environment;

std::optional<std::string> value_of(const Environment& environment, std::string_view name) {
    const auto value = environment.get(name);
    return value ? std::optional{std::string{*value}} : std::nullopt;
}

void set(Environment& environment, std::string_view name, const std::optional<std::string>& value) {
    if (value)
        environment.set(name, *value);
    else
        environment.unset(name);
}

// Undoes what `state` says was done; tells which variables are no longer gov's to restore.
std::vector<std::string> leave(const State& state, Environment& environment) {
    std::vector<std::string> kept;
    for (const State::Variable& variable : state.variables) {
        if (value_of(environment, variable.name) == variable.ours)
            set(environment, variable.name, variable.original);
        else
            kept.push_back(variable.name);
    }
    for (const std::string& entry : state.entries)
        set(environment, "PATH", without_entry(value_of(environment, "PATH"), entry));
    environment.unset(state_variable);
    return kept;
}

// Sets `goal` and notes in GOV_STATE what that changed, if anything.
void enter(const Goal& goal, Environment& environment) {
    State state;
    for (const Setting& wanted : goal.variables) {
        auto original = value_of(environment, wanted.name);
        if (original == wanted.value) continue;
        set(environment, wanted.name, wanted.value);
        state.variables.push_back({wanted.name, wanted.value, std::move(original)});
    }
    for (const std::string& entry : goal.entries | std::views::reverse) {
        environment.set("PATH", with_entry(value_of(environment, "PATH"), entry));
        state.entries.push_back(entry);
    }
    if (state != State{}) environment.set(state_variable, write_state(state));
}

// The variables that decide what a plan changes.
std::vector<std::string> names_in(const Goal& goal, const std::optional<State>& state) {
    std::vector<std::string> names;
    names.reserve(goal.variables.size());
    for (const Setting& wanted : goal.variables) names.push_back(wanted.name);
    for (const State::Variable& variable : state.value_or(State{}).variables)
        if (std::ranges::find(names, variable.name) == names.end()) names.push_back(variable.name);
    names.emplace_back(state_variable);
    return names;
}

// PATH and the variables `names` of `environment`: a whole one is long to copy.
template <typename Names>
Environment part_of(const Environment& environment, const Names& names) {
    Environment part;
    set(part, "PATH", value_of(environment, "PATH"));
    for (const auto& name : names) set(part, name, value_of(environment, name));
    return part;
}

}  // namespace

Plan plan_to(const Goal& goal, const Environment& environment) {
    const auto state = parse_state(environment.get(state_variable).value_or(""));
    const auto names = names_in(goal, state);
    Environment after = part_of(environment, names);
    Plan plan;
    if (state) {
        plan.kept = leave(*state, after);
        plan.dropped = state->entries;
    } else {
        after.unset(state_variable);
    }
    enter(goal, after);
    plan.added = goal.entries;
    if (after.get("PATH") == environment.get("PATH")) plan.dropped = plan.added = {};
    std::erase_if(plan.kept, [&](const std::string& name) {
        return after.get(name) != environment.get(name);
    });
    for (const std::string& name : names) {
        plan.expected.push_back({name, value_of(environment, name)});
        if (after.get(name) != environment.get(name))
            plan.changes.push_back({name, value_of(after, name)});
    }
    return plan;
}

Plan way_back(const Plan& plan, const Environment& environment) {
    const auto names = plan.expected | std::views::transform(&Setting::name);
    return plan_to(Goal{}, applied(plan, part_of(environment, names)));
}

std::string describe_kept(std::string_view name) {
    return base::format("{} is no longer what gov set it to: it stays as it is", name);
}

Environment applied(const Plan& plan, Environment environment) {
    for (const auto& [name, value] : plan.changes) set(environment, name, value);
    for (const std::string& entry : plan.dropped)
        set(environment, "PATH", without_entry(value_of(environment, "PATH"), entry));
    for (const std::string& entry : plan.added | std::views::reverse)
        environment.set("PATH", with_entry(value_of(environment, "PATH"), entry));
    return environment;
}

UserEnvironment::UserEnvironment(const Environment& environment) : given_{environment} {
    if (environment.get(state_variable)) left_ = applied(plan_to(Goal{}, environment), environment);
}

}  // namespace gov::activation
