// SPDX-License-Identifier: Apache-2.0
#include "cross/hooks.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

void run_one(std::vector<std::string> words, const HookPlace& place) {
    const base::ProcessResult result = base::run({.arguments = std::move(words),
                                                  .environment = place.environment,
                                                  .directory = place.directory,
                                                  .limit = place.limit});
    if (result.status != 0)
        throw base::Error{base::format("ended with status {}\n{}{}", result.status, result.output,
                                       result.errors)};
    for (const std::string* text : {&result.output, &result.errors})
        for (const std::string_view line : base::lines_of(*text)) place.tell(base::printable(line));
}

}  // namespace

base::Environment hook_environment(base::Environment of_builds,
                                   const std::vector<std::string>& entries,
                                   const std::map<std::string, std::string>& variables) {
    const std::string path{of_builds.get("PATH").value_or("")};
    std::string own = path.substr(0, path.find(':'));  // the toolchain's
    for (const std::string& entry : entries) own += ":" + entry;
    of_builds.set("PATH", own + path.substr(std::min(path.find(':'), path.size())));
    for (const auto& [name, value] : variables) of_builds.set(name, value);
    return of_builds;
}

base::Environment hook_environment(base::Environment of_hooks, const Target& target,
                                   const std::string& name) {
    of_hooks.set("GOV_CROSS_TARGET", target.str());
    of_hooks.set("GOV_CROSS_OS", target.platform.os);
    of_hooks.set("GOV_CROSS_ARCH", target.platform.arch);
    of_hooks.set("GOV_CROSS_VARIANT", target.variant);
    of_hooks.set("GOV_CROSS_NAME", name);
    return of_hooks;
}

void run_hooks(std::string_view kind, const std::vector<std::string>& commands,
               const HookPlace& place) {
    for (const std::string& command : commands)
        base::while_doing(
            base::format("running the hook {} = \"{}\"", kind, base::printable(command)),
            [&] { run_one({"/bin/sh", "-c", command}, place); });
}

void run_go_generate(const std::filesystem::path& goroot, const HookPlace& place) {
    base::while_doing("running go generate",
                      [&] { run_one({(goroot / "bin/go").native(), "generate", "./..."}, place); });
}

}  // namespace gov::cross
