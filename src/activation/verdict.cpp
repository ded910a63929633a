// SPDX-License-Identifier: Apache-2.0
#include "activation/verdict.hpp"

#include "activation/direnv.hpp"
#include "activation/overhead.hpp"
#include "activation/project_environment.hpp"
#include "activation/reference.hpp"
#include "activation/selection.hpp"
#include "activation/use.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/config.hpp"

#include <algorithm>
#include <cctype>

namespace gov::activation {

namespace {

using Kind = Condition::Kind;

Condition unchanged(const std::string& path, const timespec& modified, const store::Places& places,
                    Kind kind = Kind::unchanged) {
    const auto reference = reference_of(modified, places);
    if (!reference) return {Kind::never, path, {}};
    return {kind, path, *reference};
}

void add_note(Verdict& verdict, const std::string& line) {
    if (!verdict.note.empty()) verdict.note += '\n';
    verdict.note += line;
}

// What to say of `reason`, which keeps the toolchain from being used.
std::string said_of(const base::Error& reason, const store::Places& places) {
    try {
        if (reason.code() == base::ExitCode::no_release &&
            project::read_config(places.config).auto_install)
            return base::full_message(reason) + "; the first go command installs it";
    } catch (const base::Error& error) {
        return in_one_line(error);
    }
    return in_one_line(reason);
}

void stand_in(Verdict& verdict, const base::Error& reason, const base::Environment& environment,
              const store::Places& places) {
    add_note(verdict, said_of(reason, places));
    try {
        verdict.goal = stand_in_goal(places, environment);
    } catch (const base::Error& error) {
        verdict.goal = {.variables = {{"GOROOT", std::nullopt}}, .entries = {}};
        add_note(verdict, in_one_line(error));
    }
}

// What may stand in a prompt, where a shell may take some characters for its own.
std::string prompt_safe(const Selection& selection) {
    std::string text = selection.name();
    std::erase_if(text, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '+' && c != '-';
    });
    return text;
}

// direnv sets the environment of `project`: gov's own part in it is what the .envrc says.
void yield_to_direnv(Verdict& verdict, const Selection& selection, const std::string& project,
                     const base::Environment& environment) {
    if (selection.origin == Origin::fallback || !selection.toolchain ||
        is_in_effect(selection, environment))
        return;
    add_note(verdict, base::format("direnv is in charge of {} and its .envrc does not use gov: {} "
                                   "is not in effect; add the line: use gov",
                                   base::printable(project), selection.name()));
}

// Fills in what follows from `selection`. Throws Error where its toolchain cannot be used.
void follow(Verdict& verdict, const Selection& selection, const Sight& sight,
            const store::Places& places) {
    const std::filesystem::path goroot =
        selection.toolchain ? selection.toolchain->goroot : places.goroot(selection.version);
    const std::string program = (goroot / "bin" / "go").native();
    verdict.conditions.push_back(
        {selection.toolchain ? Kind::executable : Kind::not_executable, program, {}});
    if (const auto floor = missed_floor(selection, sight.landmarks()))
        add_note(verdict, describe_missed_floor(selection, *floor));
    verdict.goal = goal_of(selection);
    note_use(selection, places);
    if (selection.origin != Origin::fallback) verdict.prompt = prompt_safe(selection);
}

// Adds what the project's file wants, in so far as it is trusted.
void add_project(Verdict& verdict, Sight& sight, const std::optional<std::filesystem::path>& goroot,
                 const base::Environment& environment, const store::Places& places,
                 Dependencies& dependencies) {
    const ProjectEnvironment project =
        project_environment(sight, goroot, environment, places, dependencies);
    if (project.refusal) {
        const std::string line = in_one_line(*project.refusal);
        if (line != verdict.note) add_note(verdict, line);
    }
    for (const std::string& note : project.notes) add_note(verdict, note);
    add_to(verdict.goal, project);
}

bool sets(const Goal& goal, const std::string& name) {
    return std::ranges::find(goal.variables, name, &Setting::name) != goal.variables.end();
}

// Adds what is in sight, and the conditions that it stays as it is.
void add_sight(Verdict& verdict, Sight& sight, const store::Places& places) {
    const auto walked = within_walk(sight.landmarks());
    verdict.landmarks.assign(walked.begin(), walked.end());
    for (const Landmark& landmark : walked)
        verdict.conditions.push_back(
            unchanged(landmark.path, landmark.modified, places, Kind::same_time));
    const Overhead above = overhead(sight);
    for (const Landmark& landmark : above.present)
        verdict.conditions.push_back(unchanged(landmark.path, landmark.modified, places));
    for (const std::string& path : above.absent)
        verdict.conditions.push_back({Kind::absent, path, {}});
}

// Adds the conditions that `dependencies` stay as they are. A variable is watched as it will be
// once the goal is reached; one that the goal itself sets is gov's own doing.
void add_conditions(Verdict& verdict, const Dependencies& dependencies,
                    const base::Environment& environment, const store::Places& places) {
    for (const WatchedFile& file : dependencies.files)
        verdict.conditions.push_back(file.modified ? unchanged(file.path, *file.modified, places)
                                                   : Condition{Kind::absent, file.path, {}});
    if (dependencies.variables.empty()) return;
    const auto after = applied(plan_to(verdict.goal, environment), environment);
    for (const std::string& name : dependencies.variables) {
        if (sets(verdict.goal, name)) continue;
        const auto value = after.get(name);
        verdict.conditions.push_back(value ? Condition{Kind::has_value, name, std::string{*value}}
                                           : Condition{Kind::is_unset, name, {}});
    }
}

}  // namespace

Verdict reach_verdict(std::string_view directory, const base::Environment& environment,
                      const store::Places& places) {
    Sight sight{directory};
    Verdict verdict;
    add_sight(verdict, sight, places);
    Dependencies dependencies;
    const auto direnv = direnv_project(directory, environment);
    std::optional<std::filesystem::path> goroot;
    try {
        const auto selection = select(sight, environment, places, dependencies);
        if (selection && selection->toolchain) goroot = selection->toolchain->goroot;
        if (direnv) {
            if (selection) yield_to_direnv(verdict, *selection, *direnv, environment);
        } else if (selection) {
            follow(verdict, *selection, sight, places);
        }
    } catch (const base::Error& error) {
        stand_in(verdict, error, environment, places);
    }
    if (!direnv) add_project(verdict, sight, goroot, environment, places, dependencies);
    add_conditions(verdict, dependencies, environment, places);
    return verdict;
}

}  // namespace gov::activation
