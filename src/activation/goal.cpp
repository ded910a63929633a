// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"

#include "activation/search_path.hpp"
#include "activation/stand_in.hpp"
#include "activation/state.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::activation {

namespace {

std::string usable_entry(std::string directory) {
    if (can_be_entry(directory)) return directory;
    throw base::Error{base::format("the directory {} cannot stand on PATH: its name holds a colon "
                                   "or a newline",
                                   base::printable(directory)),
                      "set GOV_HOME to another directory", base::ExitCode::usage};
}

}  // namespace

Goal goal_of(const Selection& selection) {
    const std::string goroot = selection.require_toolchain().goroot.native();
    Goal goal;
    if (selection.origin != Origin::fallback)
        goal.variables = {{"GOROOT", goroot}, {"GOTOOLCHAIN", "local"}};
    goal.entries = {usable_entry(goroot + "/bin")};
    return goal;
}

Goal stand_in_goal(const store::Places& places, const base::Environment& environment) {
    Goal goal;
    goal.variables = {{"GOROOT", std::nullopt}};
    goal.entries = {usable_entry(places.shims().native())};
    prepare_stand_in(places, environment);
    return goal;
}

bool is_in_effect(const Selection& selection, const base::Environment& environment) {
    const UserEnvironment user{environment};
    const std::string path{user.get().get("PATH").value_or("")};
    return without_entry(path, (selection.require_toolchain().goroot / "bin").native()) != path;
}

std::string in_one_line(const std::exception& error) {
    std::string line = base::full_message(error);
    if (const std::string hint = base::hint_of(error); !hint.empty()) line += "; " + hint;
    return line;
}

ProjectEnvironment project_environment(Sight& sight, const Selection& selection,
                                       const base::Environment& environment,
                                       const store::Places& places) {
    const auto goroot =
        selection.toolchain ? std::optional{selection.toolchain->goroot} : std::nullopt;
    Dependencies unwatched;
    return project_environment(sight, goroot, environment, places, unwatched);
}

ProjectEnvironment project_environment(const std::filesystem::path& directory,
                                       const Selection& selection,
                                       const base::Environment& environment,
                                       const store::Places& places) {
    Sight sight{directory.native()};
    return project_environment(sight, selection, environment, places);
}

base::Environment environment_for(const Selection& selection, const ProjectEnvironment& project,
                                  const base::Environment& environment) {
    Goal goal = goal_of(selection);
    add_to(goal, project);
    base::Environment result = applied(plan_to(goal, environment), environment);
    result.unset(state_variable);
    return result;
}

}  // namespace gov::activation
