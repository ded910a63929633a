// SPDX-License-Identifier: Apache-2.0
#include "commands/project_text.hpp"

#include "activation/landmark.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/dotenv.hpp"
#include "project/variable_rules.hpp"
#include "store/places.hpp"
#include "trust/difference.hpp"

#include <algorithm>
#include <set>

namespace gov::commands {

namespace fs = std::filesystem;

namespace {

std::string dotenv_lines(const ReadProject& project, const trust::Claim::File& file) {
    if (!file.content)
        return base::format("  {}: not there; if it appears, that has to be allowed\n",
                            base::printable(file.name));
    std::string text = base::format("  {}:\n", base::printable(file.name));
    const fs::path path = trust::dotenv_path(project.path, file.name);
    for (const auto& [name, value, line] : project::parse_dotenv(path, *file.content)) {
        auto refused = project::why_not_for_projects(name);
        if (!refused) refused = project::why_not_this_value(name, value);
        text += refused ? base::format("    {} is left as it is: {}\n", name, *refused)
                        : base::format("    {}={}\n", name, base::printable(value));
    }
    return text;
}

std::string variable_line(const project::ProjectVariable& variable,
                          const project::TemplateValues& values) {
    if (!variable.value) return base::format("  {} is unset\n", variable.name);
    return base::format("  {}={}\n", variable.name,
                        base::printable(variable.value->expand(values).value_or("")));
}

const trust::Claim::File* find(const trust::Claim& claim, const std::string& name) {
    const auto found = std::ranges::find(claim.files, name, &trust::Claim::File::name);
    return found == claim.files.end() ? nullptr : &*found;
}

std::string content_of(const trust::Claim::File* file) {
    return file == nullptr ? std::string{} : file->content.value_or("");
}

// Whether the file is there, where that is all that differs.
bool is_there(const trust::Claim::File* file) {
    return file != nullptr && file->content.has_value();
}

}  // namespace

ReadProject read_project(const fs::path& path) {
    auto text = project::read_pin_file(path);
    if (!text)
        throw base::Error{base::format("there is no {}", base::printable(path.native())),
                          "name a .gotoolchain.toml, or the directory that has one",
                          base::ExitCode::usage};
    project::ProjectFile file = project::parse_project_file(path, *text);
    trust::Claim claim = trust::read_claim(path, *text, file);
    return {path, std::move(*text), std::move(file), std::move(claim)};
}

fs::path project_file_of(const fs::path& directory, const std::string& word) {
    if (!word.empty()) {
        fs::path path = (directory / word).lexically_normal();
        if (path.filename() == project::pin_file_name) return path;
        return (path / project::pin_file_name).lexically_normal();
    }
    for (const auto& landmark : activation::landmarks_of(directory.native()))
        if (landmark.is_pin_file()) return landmark.path;
    throw base::Error{base::format("there is no {} here or above", project::pin_file_name),
                      "name the file, or the directory that has one", base::ExitCode::usage};
}

std::string wishes_of(const ReadProject& project, const base::Environment& environment) {
    const fs::path directory = project.path.parent_path();
    const project::TemplateValues values{directory, fs::path{"{goroot}"},
                                         store::home_directory(environment)};
    std::string text;
    if (const auto& pin = project.file.pin; pin && project.file.wants_linked())
        text += base::format("  go is the linked toolchain {}, which nothing proves\n",
                             pin->specs[0].text());
    if (project.file.inherits) text += "  builds on the .gotoolchain.toml above\n";
    for (std::size_t i = 1; i < project.claim.files.size(); ++i)
        text += dotenv_lines(project, project.claim.files[i]);
    for (const auto& variable : project.file.variables) text += variable_line(variable, values);
    for (const auto& entry : project.file.path_entries)
        text += base::format(
            "  PATH gets {}\n",
            base::printable(
                (directory / entry.expand(values).value_or("")).lexically_normal().native()));
    for (const auto& tool : project.file.tools)
        text += base::format("  PATH gets {}, which gov tools install builds from {}\n", tool.name,
                             tool.query());
    if (project::find_entry(project.file.document.root(), "cross") != nullptr)
        text += "  [cross] counts\n";
    return text;
}

std::string difference_from(const trust::Claim& before, const trust::Claim& now) {
    std::set<std::string> names;  // the project's own file stands before the others by its dot
    for (const trust::Claim* claim : {&before, &now})
        for (const auto& file : claim->files) names.insert(file.name);
    std::string text;
    for (const std::string& name : names) {
        const auto* old_file = find(before, name);
        const auto* new_file = find(now, name);
        const auto lines = trust::difference(content_of(old_file), content_of(new_file));
        if (lines.empty() && is_there(old_file) == is_there(new_file)) continue;
        text += base::format("  {}{}\n", base::printable(name),
                             is_there(old_file) == is_there(new_file) ? ""
                             : is_there(new_file)                     ? " is new"
                                                                      : " is gone");
        for (const std::string& line : lines)
            text += base::format("    {}\n", base::printable(line));
    }
    return text;
}

}  // namespace gov::commands
