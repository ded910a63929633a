// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writing a project's file for its user, and what there is to say of the version it then pins.

#include "commands/command.hpp"
#include "store/places.hpp"
#include "toolchain/version_spec.hpp"

#include <filesystem>
#include <string>

namespace gov::commands {

// The .gotoolchain.toml of the directory, there or not; where it is a link, what that leads to.
std::filesystem::path pin_file_here(const Invocation& invocation);

// Throws Error where no file should pin `spec`: a name that no toolchain is linked by
// (ExitCode::usage), or what is not installed and download::refuse_unknown refuses.
void refuse_unknown(const Invocation& invocation, const store::Places& places,
                    const toolchain::VersionSpec& spec);

// Makes `after` the content of the project's file `path`, which was `before`, as its user's own
// command has changed it: where they had allowed that, or it needed no trust, what it is now is
// allowed as well. Throws Error (ExitCode::usage), with nothing written, where `after` cannot be
// such a file.
void write_project_file(const std::filesystem::path& path, const std::string& before,
                        const std::string& after, const store::Places& places);

// Says what the file `path`, which now pins `spec`, comes to here: the release, whether it is
// installed, and whether go.mod asks for more. `why`: behind the version, or empty.
void say_pinned(const Invocation& invocation, const store::Places& places,
                const std::filesystem::path& path, const toolchain::VersionSpec& spec,
                const std::string& why = {});

}  // namespace gov::commands
