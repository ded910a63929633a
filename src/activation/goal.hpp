// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the toolchain in effect wants of the environment.

#include "activation/plan.hpp"
#include "activation/project_environment.hpp"
#include "activation/selection.hpp"
#include "store/places.hpp"

#include <exception>
#include <string>

namespace gov::activation {

// The goal of a selection: a pinned toolchain gets GOROOT, GOTOOLCHAIN=local and PATH, a default
// PATH alone. Throws Error where it is not installed or its directory cannot stand on PATH.
Goal goal_of(const Selection& selection);

// The goal where no toolchain can be had although one is wanted: no GOROOT, and the stand-in on
// PATH. Makes the stand-in; throws Error where that or standing on PATH fails.
Goal stand_in_goal(const store::Places& places, const base::Environment& environment);

// Whether `environment`, without what the hook did to it, has the toolchain of `selection` on PATH.
bool is_in_effect(const Selection& selection, const base::Environment& environment);

// `error` with its hint in one line: "go1.22.6 is not installed (…); run: gov install go1.22.6".
std::string in_one_line(const std::exception& error);

// What the projects' files in `sight` want where `selection` is in effect.
ProjectEnvironment project_environment(Sight& sight, const Selection& selection,
                                       const base::Environment& environment,
                                       const store::Places& places);

// As above, for the files around `directory`.
ProjectEnvironment project_environment(const std::filesystem::path& directory,
                                       const Selection& selection,
                                       const base::Environment& environment,
                                       const store::Places& places);

// `environment` as programs of the toolchain of `selection` are to see it in `project`: what gov
// did to it before is undone, and nothing is left to undo. Throws Error as goal_of does.
base::Environment environment_for(const Selection& selection, const ProjectEnvironment& project,
                                  const base::Environment& environment);

}  // namespace gov::activation
