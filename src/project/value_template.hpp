// SPDX-License-Identifier: Apache-2.0
#pragma once
// ValueTemplate: a value of a project's file, with places in it that are known only on its use.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

// What the names in braces stand for. goroot: nullopt where no toolchain can be had.
struct TemplateValues {
    std::filesystem::path project;
    std::optional<std::filesystem::path> goroot;
    std::filesystem::path home;
};

class ValueTemplate {
public:
    // "{project}", "{goroot}" and "{home}" stand for directories, "{{" and "}}" for braces, and all
    // else for itself. Throws Error (ExitCode::usage) for other names, for a brace left alone, and
    // for a NUL, which no variable can hold.
    static ValueTemplate parse(std::string_view text);

    // nullopt where it needs a goroot and there is none.
    std::optional<std::string> expand(const TemplateValues& values) const;

private:
    enum class Name { none, project, goroot, home };
    struct Piece {
        std::string text;
        Name name = Name::none;  // none: the text itself
    };

    static Name name_of(std::string_view word);

    std::vector<Piece> pieces_;
};

}  // namespace gov::project
