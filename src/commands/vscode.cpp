// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json_edit.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/project_text.hpp"
#include "project/pin_file.hpp"
#include "store/tool_set.hpp"

#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;

constexpr std::array options{
    Option{.name = "print", .value = "", .help = "print the settings and write nothing"}};
constexpr std::size_t size_limit = 1024 * 1024;

// One member to set: an object's name, a name in it, and the value.
struct Change {
    std::string_view object;
    std::string name;
    std::string value;
};

// The project's tools that are built with the toolchain: the extension is to use them, too.
void add_tools(std::vector<Change>& changes, const activation::Selection& selection,
               const fs::path& directory, const store::Places& places) {
    const fs::path file = directory / project::pin_file_name;
    const auto text = project::read_pin_file(file);
    if (!text) return;
    const ReadProject project = read_project(file);
    if (project.file.tools.empty()) return;
    const store::ToolSet set{places, project.claim.path, selection.require_toolchain().goroot,
                             project.file.tools};
    if (!set.is_built()) return;
    for (const auto& tool : project.file.tools)
        changes.push_back(
            {"go.alternateTools", tool.name, (set.current() / "bin" / tool.name).native()});
}

// The directory of the project: of the file that decides, where that is a project's.
fs::path project_directory(const Invocation& invocation, const activation::Selection& selection) {
    return selection.is_of_project() && !selection.file.empty() ? selection.file.parent_path()
                                                                : invocation.directory;
}

std::string edited(const fs::path& path, std::string text, const std::vector<Change>& changes) {
    return base::while_doing(base::format("editing {}", base::printable(path.native())), [&] {
        for (const Change& change : changes)
            text = base::with_json_member(
                text, std::array<std::string_view, 2>{change.object, change.name}, change.value);
        return text;
    });
}

// Where the file `path` is to be written: a link stays one.
fs::path real_path(const fs::path& path) {
    return fs::is_symlink(path) ? fs::weakly_canonical(path) : path;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const auto selection =
        activation::require_selection(invocation.directory, invocation.environment, places);
    const fs::path goroot = selection.require_toolchain().goroot;
    const fs::path directory = project_directory(invocation, selection);
    std::vector<Change> changes{{"go.alternateTools", "go", (goroot / "bin/go").native()}};
    add_tools(changes, selection, directory, places);
    changes.push_back({"go.toolsEnvVars", "GOROOT", goroot.native()});
    changes.push_back({"go.toolsEnvVars", "GOTOOLCHAIN", "local"});
    const fs::path path = real_path(directory / ".vscode" / "settings.json");
    const std::string before = base::read_file(path, size_limit).value_or("");
    const std::string after = edited(path, before, changes);
    if (invocation.arguments.has("print")) {
        invocation.output.result(after);
        return ExitCode::done;
    }
    const std::string shown = base::printable(path.native());
    if (after == before) {
        invocation.output.note(base::format("{} has {} already", shown, selection.name()));
        return ExitCode::done;
    }
    fs::create_directories(path.parent_path());
    base::write_file_atomically(path, after);
    invocation.output.note(base::format("{} now has {}; after a change of version run it again",
                                        shown, selection.name()));
    return ExitCode::done;
}

}  // namespace

constinit const Command vscode_command{
    .name = "vscode",
    .topic = Topic::shells,
    .summary = "have Visual Studio Code use the toolchain in effect here",
    .options = options,
    .help =
        "Edits .vscode/settings.json beside the file that chose the version: comments\n"
        "and everything else stay. go.alternateTools gets the go command, and the\n"
        "project's tools that are built; go.toolsEnvVars gets GOROOT and GOTOOLCHAIN.",
    .run = run,
};

}  // namespace gov::commands
