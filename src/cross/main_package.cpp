// SPDX-License-Identifier: Apache-2.0
#include "cross/main_package.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cross/go_source.hpp"

#include <algorithm>
#include <cctype>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

constexpr const char* list_template =
    "package\t{{.ImportPath}}\t{{.Name}}\t{{.Dir}}{{range .GoFiles}}\nfile\t{{.}}{{end}}";

// "v2" and above, as isVersionElement in cmd/go/internal/load/pkg.go.
bool is_major_version(std::string_view element) {
    if (element.size() < 2 || element[0] != 'v' || element[1] == '0' || element == "v1")
        return false;
    return std::all_of(element.begin() + 1, element.end(),
                       [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

std::string_view last_element(std::string_view path) {
    return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

std::string MainPackage::program_name() const {
    if (import_path == "command-line-arguments" && !files.empty())
        return fs::path{files[0]}.stem().native();
    std::string_view path = import_path;
    if (path.find('/') != std::string_view::npos && is_major_version(last_element(path)))
        path.remove_suffix(last_element(path).size() + 1);
    return std::string{last_element(path)};
}

std::vector<MainPackage> parse_package_list(std::string_view output,
                                            const std::vector<std::string>& patterns) {
    const bool takes_any = std::any_of(patterns.begin(), patterns.end(), [](const auto& pattern) {
        return pattern.find("...") != std::string::npos;
    });
    constexpr const char* hint = "name a package main: --package ./cmd/NAME";
    std::vector<MainPackage> packages;
    bool is_main = false;
    for (std::string_view line : base::lines_of(output)) {
        const std::string_view kind = base::take_field(line);
        if (kind == "file" && is_main) packages.back().files.emplace_back(line);
        if (kind != "package") continue;
        const std::string_view path = base::take_field(line);
        const std::string_view name = base::take_field(line);
        is_main = name == "main";
        if (is_main)
            packages.push_back({std::string{path}, fs::path{line}, {}});
        else if (!takes_any)
            throw Error{base::format("{} is package {}, not a program", base::printable(path),
                                     base::printable(name)),
                        hint, ExitCode::usage};
    }
    if (packages.empty())
        throw Error{base::format("{} names no program", base::printable(patterns.front())), hint,
                    ExitCode::usage};
    return packages;
}

base::ProcessSpec go_list(const PackageQuery& query, std::vector<std::string> options) {
    base::ProcessSpec spec{.arguments = {(query.goroot / "bin/go").native(), "list"},
                           .environment = query.environment,
                           .directory = query.directory};
    std::vector<std::string>& words = spec.arguments;
    if (!query.tags.empty())
        options.insert(options.end(), {"-tags", base::joined(query.tags, ",")});
    words.insert(words.end(), options.begin(), options.end());
    words.emplace_back("--");
    words.insert(words.end(), query.patterns.begin(), query.patterns.end());
    return spec;
}

std::string list_packages(const PackageQuery& query) {
    // -find: imports are another question.
    const base::ProcessResult result = base::run(go_list(query, {"-find", "-f", list_template}));
    if (result.status != 0) throw Error{result.errors};
    return result.output;
}

bool has_string_variable(const MainPackage& package, std::string_view name) {
    constexpr std::size_t size_limit = 64U << 20U;
    GoValues values;
    for (const std::string& file : package.files) {
        const fs::path path = package.directory / file;
        const auto source = base::read_file(path, size_limit);
        if (!source) throw Error{base::format("reading {}: it is gone", path.native())};
        add_declarations(*source, values);
    }
    return is_settable(values, name);
}

}  // namespace gov::cross
