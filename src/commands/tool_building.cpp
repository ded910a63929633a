// SPDX-License-Identifier: Apache-2.0
#include "commands/tool_building.hpp"

#include "activation/goal.hpp"
#include "base/file.hpp"
#include "base/file_lock.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"
#include "cross/artifact/artifact.hpp"
#include "cross/build_environment.hpp"
#include "store/go_settings.hpp"
#include "trust/judgement.hpp"

#include <stdlib.h>

namespace gov::commands {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using project::Tool;

namespace {

constexpr std::chrono::minutes longest_wait{10};

// What the go command is to see: the project's settings of where modules come from, and nothing
// that would build for another machine. Programs for this one may use its C compiler.
base::Environment environment_of(const Invocation& invocation, const store::Places& places,
                                 const activation::Selection& selection) {
    const auto wishes = activation::project_environment(invocation.directory, selection,
                                                        invocation.environment, places);
    const base::Environment user =
        wishes.refusal ? invocation.environment
                       : activation::environment_for(selection, wishes, invocation.environment);
    base::Environment result = cross::build_environment(user, selection.require_toolchain().goroot,
                                                        store::goroots_with_settings(user, places))
                                   .variables;
    result.unset("CGO_ENABLED");
    for (const char* name : {"CGO_ENABLED", "CC", "CXX", "CGO_CFLAGS", "CGO_CXXFLAGS",
                             "CGO_LDFLAGS", "PKG_CONFIG_PATH"})
        if (const auto value = user.non_empty(name)) result.set(name, std::string{*value});
    result.set("GOWORK", "off");
    return result;
}

std::string hint_for(const std::string& said, const Tool& tool) {
    constexpr std::string_view requires_go = "requires go >= ";
    if (const auto at = said.find(requires_go); at != std::string::npos) {
        const std::string needed = said.substr(at + requires_go.size());
        return base::format("name an older version of it, or pin a newer Go: gov use {}",
                            base::printable(needed.substr(0, needed.find_first_of(" \n"))));
    }
    if (said.find("not a main package") != std::string::npos)
        return "name the package of a program, as in golang.org/x/tools/gopls";
    for (const char* absent : {"unknown revision", "invalid version", "404 Not Found", "410 Gone"})
        if (said.find(absent) != std::string::npos)
            return base::format("gov tools upgrade {} takes the newest version", tool.name);
    return {};
}

// What the go command said, in one line, after all of it was said where it is more.
Error failure_of(const Tool& tool, const std::string& said, base::Output& output) {
    std::string lines;
    std::size_t count = 0;
    for (const std::string_view line : base::lines_of(said)) {
        if (line.empty() || line.starts_with("go: downloading ")) continue;
        lines += (count++ == 0 ? "" : "\n") + std::string{line};
    }
    if (count > 1) output.note(lines);
    const ExitCode code =
        said.find("dial tcp") != std::string::npos ? ExitCode::unreachable : ExitCode::failed;
    return Error{count == 1 ? base::printable(lines) : "the go command could not build it",
                 hint_for(said, tool), code};
}

// A directory beside the project's sets in which one is put together; removed with its content
// unless it was renamed.
class StagedSet {
public:
    explicit StagedSet(const fs::path& of_project) : path_{of_project / ".staging-XXXXXX"} {
        std::string name = path_.native();
        if (::mkdtemp(name.data()) == nullptr)
            throw base::system_error("making a directory for the tools", errno);
        path_ = name;
        base::make_private_directory(bin());
    }
    StagedSet(const StagedSet&) = delete;
    StagedSet& operator=(const StagedSet&) = delete;
    ~StagedSet() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    const fs::path& path() const noexcept { return path_; }
    fs::path bin() const { return path_ / "bin"; }

    // Gives it the name of `set`. Another gov may have made that one meanwhile.
    void commit(const store::ToolSet& set) const {
        base::write_file_atomically(path_ / "manifest", set.manifest());
        base::sync_file_system(base::open_directory(path_).get());
        if (!set.is_built() && !base::rename_unless_exists(path_, set.directory()))
            throw Error{base::format("{} is in the way and holds no such tools",
                                     base::printable(set.directory().native())),
                        "remove it"};
    }

private:
    fs::path path_;
};

class Builder {
public:
    Builder(const Invocation& invocation, const store::Places& places, const ToolProject& project,
            const StagedSet& staged)
        : output_{invocation.output},
          release_{project.selection.name()},
          goroot_{project.selection.require_toolchain().goroot},
          is_linked_{!project.selection.require_toolchain().link.empty()},
          staged_{staged},
          environment_{environment_of(invocation, places, project.selection)} {}

    void build(Tool& tool) {
        output_.note(base::format("building {} ({}) with {}", tool.name, tool.query(), release_));
        base::while_doing(base::format("building {} with {}", tool.query(), release_), [&] {
            const fs::path program = install(tool);
            check(tool, program);
            fs::rename(program, staged_.bin() / tool.name);
        });
    }

private:
    fs::path install(const Tool& tool) {
        const fs::path place = staged_.path() / ("build-" + tool.name);
        base::make_private_directory(place);
        environment_.set("GOBIN", place.native());
        const base::ProcessResult result =
            base::run({{(goroot_ / "bin/go").native(), "install", "-trimpath", tool.query()},
                       environment_,
                       staged_.path()});
        if (result.status != 0) throw failure_of(tool, result.errors, output_);
        return place / project::program_of(tool.package);
    }

    // Reads back what was built; the newest version becomes the one that it is.
    void check(Tool& tool, const fs::path& program) const {
        const cross::Artifact artifact = cross::read_artifact_file(program);
        const auto& info = artifact.build_info;
        if (!info || !info->main_module || info->path != tool.package)
            throw Error{"what the go command built does not say that it is this program"};
        if (tool.version == newest_version) tool.version = info->main_module->version;
        if (info->main_module->version != tool.version ||
            (!is_linked_ && info->go_version != release_))
            throw Error{base::format("what the go command built says that it is {} by {}",
                                     info->main_module->version, info->go_version)};
    }

    base::Output& output_;
    std::string release_;
    fs::path goroot_;
    bool is_linked_;
    const StagedSet& staged_;
    base::Environment environment_;
};

void refuse_old_go(const activation::Selection& selection) {
    if (selection.version < toolchain::GoVersion::require("1.16"))
        throw Error{base::format("{} cannot build a package of a named version ({})",
                                 selection.name(), selection.reason()),
                    "tools need Go 1.16 or later", ExitCode::usage};
}

}  // namespace

store::ToolSet ToolProject::set(const store::Places& places, const std::vector<Tool>& tools) const {
    return store::ToolSet{places, project.claim.path, selection.require_toolchain().goroot, tools};
}

ToolProject require_tool_project(const Invocation& invocation, const store::Places& places,
                                 const std::string& word) {
    ReadProject project = read_project(project_file_of(invocation.directory, word));
    const trust::Judgement judgement =
        trust::judge(places, project.path, project.text, project.file, [](const fs::path&) {});
    if (!judgement.is_trusted())
        throw Error{base::format("{} has nothing built until it is allowed{}",
                                 base::printable(project.path.native()),
                                 judgement.reason.empty() ? "" : ": " + judgement.reason),
                    base::format("see it and allow it: gov allow{}",
                                 word.empty() ? "" : " '" + base::printable(word) + "'"),
                    ExitCode::not_trusted};
    auto selection =
        activation::require_selection(invocation.directory, invocation.environment, places);
    refuse_old_go(selection);
    return {std::move(project), std::move(selection)};
}

std::vector<Tool> build_tools(const Invocation& invocation, const store::Places& places,
                              const ToolProject& project, std::vector<Tool> tools) {
    base::catch_interrupts();
    const store::ToolSet wanted = project.set(places, tools);
    if (wanted.is_built()) {
        store::make_current(wanted);
        return tools;
    }
    base::make_private_directory(wanted.of_project());
    const auto lock = base::FileLock::wait_for(wanted.lock_file(), longest_wait, [&] {
        invocation.output.note("waiting for another gov that builds tools here");
    });
    const StagedSet staged{wanted.of_project()};
    Builder builder{invocation, places, project, staged};
    for (Tool& tool : tools) {
        std::error_code failure;
        const fs::path built = wanted.find_built(tool);
        if (!built.empty()) fs::create_hard_link(built, staged.bin() / tool.name, failure);
        if (built.empty() || failure) builder.build(tool);
    }
    for (const Tool& tool : tools) fs::remove_all(staged.path() / ("build-" + tool.name));
    const store::ToolSet set = project.set(places, tools);
    staged.commit(set);
    store::make_current(set);
    store::remove_old_sets(set);
    std::error_code ignored;
    for (const fs::path& stray : store::stray_sets(places)) fs::remove_all(stray, ignored);
    return tools;
}

}  // namespace gov::commands
