// SPDX-License-Identifier: Apache-2.0
#include "cross/workspace.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"

namespace gov::cross {

namespace fs = std::filesystem;

std::string workspace_of(const fs::path& directory) {
    std::error_code problem;
    fs::path at = fs::canonical(directory, problem);
    while (!problem && !at.empty()) {
        std::error_code ignored;
        const fs::path file = at / "go.work";
        if (fs::exists(file, ignored) && !fs::is_directory(file, ignored)) return file.native();
        if (!at.has_relative_path()) break;
        at = at.parent_path();
    }
    return "off";
}

std::vector<fs::path> module_files(const fs::path& directory, const fs::path& goroot,
                                   base::Environment environment) {
    const fs::path root = fs::canonical(directory);
    std::vector<fs::path> files;
    const auto add = [&](const fs::path& file) {
        if (fs::exists(root / file)) files.push_back(file.lexically_normal());
    };
    if (!fs::exists(root / "go.work")) {
        for (const char* name : {"go.mod", "go.sum"}) add(name);
        return files;
    }
    environment.set("GOWORK", (root / "go.work").native());
    const base::ProcessResult listed =
        base::run({.arguments = {(goroot / "bin/go").native(), "list", "-m", "-f", "{{.Dir}}"},
                   .environment = std::move(environment),
                   .directory = root});
    if (listed.status != 0)
        throw base::Error{base::format("asking go for the modules of the workspace: {}",
                                       base::printable(listed.errors))};
    for (const char* name : {"go.work", "go.work.sum"}) add(name);
    for (const std::string_view line : base::lines_of(listed.output)) {
        const fs::path module = fs::canonical(line).lexically_relative(root);
        if (*module.begin() == "..")
            throw base::Error{base::format("go.work uses {}, which is outside of {}",
                                           base::printable(line), base::printable(root.native())),
                              "an image is built from one directory: write it where both are below",
                              base::ExitCode::usage};
        for (const char* name : {"go.mod", "go.sum"}) add(module / name);
    }
    return files;
}

}  // namespace gov::cross
