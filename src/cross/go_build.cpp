// SPDX-License-Identifier: Apache-2.0
#include "cross/go_build.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "cross/mapped_file.hpp"

#include <optional>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

base::ProcessSpec go(const Step& step, const BuildOptions& options) {
    base::ProcessSpec spec{.arguments = {(options.goroot / "bin/go").native()},
                           .environment = step.environment,
                           .directory = options.directory,
                           .limit = options.timeout};
    spec.environment.set("TMPDIR", options.temporary.native());
    return spec;
}

void write_log(const base::ProcessSpec& spec, const base::ProcessResult& result,
               const fs::path& path) {
    std::string text = base::format("cd {}\n", spec.directory.native());
    for (const std::string& entry : spec.environment.entries()) text += entry + "\n";
    for (const std::string& word : spec.arguments) text += word + "\n";
    text += base::format("\n{}{}\nstatus {}\n", result.errors, result.output, result.status);
    base::write_file_atomically(path, text);
}

std::optional<fs::file_time_type> time_of(const fs::path& path) {
    std::error_code problem;
    const auto time = fs::last_write_time(path, problem);
    if (problem) return std::nullopt;
    return time;
}

// The packages, one a line, whose C code a build without cgo leaves out: they may compile and then
// fail when they run.
std::string dropped_packages(const Step& step, const BuildOptions& options) {
    base::ProcessSpec spec = go(step, options);
    spec.environment.set("CGO_ENABLED", "1");
    spec.arguments.insert(
        spec.arguments.end(),
        {"list", "-e", "-deps", "-f", "{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}",
         "--", step.pattern});
    const base::ProcessResult result = base::run(spec);
    std::string packages;
    std::string_view output = result.output;
    while (!output.empty()) {
        const auto end = std::min(output.find('\n'), output.size());
        if (end != 0) packages += std::string{output.substr(0, end)} + "\n";
        output.remove_prefix(std::min(end + 1, output.size()));
    }
    return packages;
}

// What go told of the same program before counts as long as go leaves that as it is.
void note_dropped_packages(const Step& step, const BuildOptions& options, bool is_new,
                           GoBuild& built) {
    constexpr std::size_t size_limit = 1U << 20U;
    const fs::path note = options.kept / (step.file + ".cgo");
    std::optional<std::string> packages;
    if (!is_new) packages = base::read_file(note, size_limit);
    if (!packages) {
        packages = dropped_packages(step, options);
        base::write_file_atomically(note, *packages);
    }
    for (std::string_view rest = *packages; !rest.empty();) {
        const auto end = rest.find('\n');
        built.findings.push_back(
            {"cgo-dropped",
             base::format("{} has C code, which a build without cgo leaves out; it may fail when "
                          "it runs",
                          rest.substr(0, end)),
             Level::warning});
        rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
    }
}

}  // namespace

GoBuild run_go_build(const Step& step, const BuildOptions& options) {
    GoBuild built;
    built.file = options.kept / step.file;
    built.log_file = options.kept / (step.file + ".log");
    const auto before = time_of(built.file);
    base::ProcessSpec spec = go(step, options);
    for (const auto& [name, value] : options.cache_variables) spec.environment.set(name, value);
    spec.arguments.insert(spec.arguments.end(), step.arguments.begin(), step.arguments.end());
    spec.arguments.insert(spec.arguments.end(), {"-o", built.file.native(), "--", step.pattern});
    const base::ProcessResult result = base::run(spec);
    write_log(spec, result, built.log_file);
    built.succeeded = result.status == 0;
    built.log = result.errors;
    if (!built.succeeded && built.log.empty())
        built.log = base::format("go build ended with status {}", result.status);
    if (built.succeeded) note_dropped_packages(step, options, before != time_of(built.file), built);
    return built;
}

std::string digest_of(const fs::path& path) {
    return base::while_doing("reading " + path.native(), [&] {
        const MappedFile file{path};
        return base::to_hex(base::sha256(file.bytes()));
    });
}

}  // namespace gov::cross
