// SPDX-License-Identifier: Apache-2.0
#include "cross/go_build.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "base/process.hpp"
#include "cross/build_environment.hpp"
#include "cross/kept_folder.hpp"

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
    for (const std::string& entry : shown_entries(spec.environment)) text += entry + "\n";
    for (const std::string& word : spec.arguments) text += word + "\n";
    text += base::format("\n{}{}\nstatus {}\n", result.errors, result.output, result.status);
    write_kept_file(path, text);
}

}  // namespace

GoBuild run_go_build(const Step& step, const BuildOptions& options) {
    prepare_c_toolchain(step.c, options.compilers, options.note);
    GoBuild built;
    built.file = options.kept / step.file;
    built.log_file = options.kept / (step.file + ".log");
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
    return built;
}

std::string digest_of(const fs::path& path) {
    return base::while_doing("reading " + path.native(), [&] {
        const base::MappedFile file{path};
        return base::to_hex(base::sha256(file.bytes()));
    });
}

}  // namespace gov::cross
