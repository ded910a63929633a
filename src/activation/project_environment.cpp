// SPDX-License-Identifier: Apache-2.0
#include "activation/project_environment.hpp"

#include "activation/project_sources.hpp"
#include "activation/search_path.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/dotenv.hpp"
#include "project/variable_rules.hpp"
#include "store/tool_set.hpp"

#include <algorithm>
#include <ranges>

namespace gov::activation {

namespace fs = std::filesystem;
using project::ProjectFile;
using trust::Standing;

namespace {

// What leaving needs to know goes through one variable, which may not grow without end.
constexpr std::size_t most_bytes = 16 * 1024;

// "A, B and PATH": what the file would change.
std::string wishes_of(const ProjectFile& file) {
    constexpr std::size_t most_names = 6;
    std::vector<std::string> names;
    for (const auto& variable : file.variables) names.push_back(variable.name);
    if (names.size() > most_names) {
        const std::size_t more = names.size() - most_names;
        names.resize(most_names);
        names.push_back(base::format("{} more", more));
    }
    for (const std::string& name : file.dotenv) names.push_back("what " + name + " says");
    if (!file.path_entries.empty()) names.emplace_back("PATH");
    if (!file.tools.empty()) names.emplace_back("tools");
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + base::printable(names[i]);
    return text;
}

base::Error refusal_of(const ProjectSource& source, bool nearest) {
    const std::string file = base::printable(source.path.native());
    const std::string directory =
        nearest ? std::string{}
                : base::format(" '{}'", base::printable(source.path.parent_path().native()));
    if (source.judgement.standing == Standing::foreign)
        return base::Error{
            base::format("{} was allowed but is not obeyed: {}", file, source.judgement.reason),
            base::format("change that, or run: gov allow --any-owner{}", directory),
            base::ExitCode::not_trusted};
    if (source.judgement.standing == Standing::changed)
        return base::Error{
            base::format("{} sets nothing: it or a file that it reads has changed since it was "
                         "allowed",
                         file),
            base::format("see the difference and allow it: gov allow{}", directory),
            base::ExitCode::not_trusted};
    const std::string wishes = wishes_of(source.file);
    return base::Error{base::format("{} sets nothing until it is allowed{}", file,
                                    wishes.empty() ? "" : " (it asks for " + wishes + ")"),
                       base::format("see it and allow it: gov allow{}", directory),
                       base::ExitCode::not_trusted};
}

class Collector {
public:
    Collector(ProjectEnvironment& result, const std::optional<fs::path>& goroot, fs::path home,
              const store::Places& places, Dependencies& dependencies, const fs::path& nearest)
        : result_{result},
          values_{{}, goroot, std::move(home)},
          nearest_{nearest},
          places_{places},
          dependencies_{dependencies} {}

    // Lays what `source` says over what is there.
    void add(const ProjectSource& source) {
        source_ = &source;
        values_.project = source.path.parent_path();
        for (std::size_t i = 0; i < source.file.dotenv.size(); ++i) add_dotenv(i);
        for (const auto& variable : source.file.variables) add_variable(variable);
        add_tools();
        add_entries();
        std::size_t bytes = 0;
        for (const auto& [name, value] : result_.variables)
            bytes += name.size() + value.value_or("").size();
        for (const std::string& entry : result_.entries) bytes += entry.size();
        if (bytes > most_bytes)
            throw base::Error{
                base::format("{} sets {} bytes of variables; {} is the most",
                             base::printable(source.path.native()), bytes, most_bytes),
                "keep long values in files", base::ExitCode::usage};
    }

private:
    void set(const std::string& name, std::optional<std::string> value) {
        const auto found = std::ranges::find(result_.variables, name, &Setting::name);
        if (found == result_.variables.end())
            result_.variables.push_back({name, std::move(value)});
        else
            found->value = std::move(value);
    }

    void note(std::string_view what, std::size_t line, std::string_view why) {
        result_.notes.push_back(base::format("{}:{}: {}", base::printable(what), line, why));
    }

    void add_dotenv(std::size_t index) {
        const trust::Claim::File& read = source_->judgement.claim.files[index + 1];
        if (!read.content) return;
        const fs::path path = trust::dotenv_path(source_->path, read.name);
        for (auto& [name, value, line] : project::parse_dotenv(path, *read.content)) {
            auto reason = project::why_not_for_projects(name);
            if (!reason) reason = project::why_not_this_value(name, value);
            if (reason)
                note(path.native(), line, base::format("{} is left as it is: {}", name, *reason));
            else
                set(name, std::move(value));
        }
    }

    void add_variable(const project::ProjectVariable& variable) {
        if (!variable.value) return set(variable.name, std::nullopt);
        auto value = variable.value->expand(values_);
        if (value) return set(variable.name, std::move(value));
        note(source_->path.native(), variable.place.line,
             base::format("{} is left as it is: there is no Go for {{goroot}} to stand for",
                          variable.name));
    }

    // Behind the file's own entries, before those of the files that it builds on.
    void add_tools() {
        const std::vector<project::Tool>& tools = source_->file.tools;
        if (tools.empty() || !values_.goroot) return;
        const store::ToolSet set{places_, source_->judgement.claim.path, *values_.goroot, tools};
        dependencies_.watch(set.manifest_file());
        if (set.is_built()) {
            result_.entries.insert(result_.entries.begin(), set.bin().native());
            return;
        }
        std::string names;
        for (const project::Tool& tool : tools) names += (names.empty() ? "" : ", ") + tool.name;
        const std::string directory =
            source_->path == nearest_
                ? std::string{}
                : base::format(" '{}'", base::printable(source_->path.parent_path().native()));
        result_.notes.push_back(
            base::format("the tools of {} are not built ({}); run: gov tools install{}",
                         base::printable(source_->path.native()), names, directory));
    }

    void add_entries() {
        std::vector<std::string> entries;
        for (const project::ValueTemplate& entry : source_->file.path_entries) {
            const auto text = entry.expand(values_);
            if (!text) continue;
            fs::path path = (values_.project / *text).lexically_normal();
            if (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
            if (can_be_entry(path.native()))
                entries.push_back(path);
            else
                result_.notes.push_back(
                    base::format("{} cannot stand on PATH: its name holds a "
                                 "colon or a newline",
                                 base::printable(path.native())));
        }
        result_.entries.insert(result_.entries.begin(), entries.begin(), entries.end());
    }

    ProjectEnvironment& result_;
    project::TemplateValues values_;
    const fs::path nearest_;
    const store::Places& places_;
    Dependencies& dependencies_;
    const ProjectSource* source_ = nullptr;
};

// Judges all of `sources`; the first one that is not trusted decides.
bool all_trusted(std::vector<ProjectSource>& sources, ProjectEnvironment& result,
                 const store::Places& places, Dependencies& dependencies) {
    const auto watch = [&](const fs::path& file) { dependencies.watch(file); };
    bool trusted = true;
    for (ProjectSource& source : sources) {
        source.judgement = trust::judge(places, source.path, source.text, source.file, watch);
        const Standing standing = source.judgement.standing;
        result.parts.push_back({source.path, standing});
        if (source.judgement.is_trusted()) continue;
        if (trusted && standing != Standing::denied)
            result.refusal = refusal_of(source, &source == sources.data());
        trusted = false;
    }
    return trusted;
}

void collect(ProjectEnvironment& result, Sight& sight, const std::optional<fs::path>& goroot,
             const base::Environment& environment, const store::Places& places,
             Dependencies& dependencies) {
    std::vector<ProjectSource> sources = project_sources(sight);
    if (sources.empty() || !sources[0].file.wants_environment()) return;
    if (!all_trusted(sources, result, places, dependencies)) return;
    Collector collector{result, goroot,       store::home_directory(environment),
                        places, dependencies, sources[0].path};
    for (const ProjectSource& source :
         sources | std::views::reverse)  // the nearest has the last word
        collector.add(source);
}

}  // namespace

ProjectEnvironment project_environment(Sight& sight, const std::optional<fs::path>& goroot,
                                       const base::Environment& environment,
                                       const store::Places& places, Dependencies& dependencies) {
    ProjectEnvironment result;
    try {
        collect(result, sight, goroot, environment, places, dependencies);
    } catch (const base::Error& error) {
        result.variables.clear();
        result.entries.clear();
        result.notes.clear();
        result.refusal =
            base::Error{base::full_message(error), base::hint_of(error), base::exit_code_of(error)};
    }
    return result;
}

void add_to(Goal& goal, const ProjectEnvironment& project) {
    goal.variables.insert(goal.variables.end(), project.variables.begin(), project.variables.end());
    goal.entries.insert(goal.entries.end(), project.entries.begin(), project.entries.end());
}

}  // namespace gov::activation
