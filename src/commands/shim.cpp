// SPDX-License-Identifier: Apache-2.0
#include "commands/shim.hpp"

#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "activation/stand_in.hpp"
#include "activation/use.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "commands/exec_code.hpp"

#include <algorithm>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Environment;

// A toolchain whose go is a link to gov would have it call itself for ever.
void refuse_own_program(const fs::path& tool) {
    std::error_code failure;
    if (fs::equivalent(tool, "/proc/self/exe", failure))
        throw base::Error{base::format("{} is gov itself, not a Go tool", tool.native()),
                          "install the release again"};
}

[[noreturn]] void run_tool(std::string_view name, std::span<const std::string_view> words,
                           const Environment& environment, const fs::path& directory) {
    const store::Places places = store::Places::of(environment);
    const auto selection = activation::require_selection(directory, environment, places);
    const fs::path tool = selection.require_toolchain().goroot / "bin" / name;
    refuse_own_program(tool);
    base::ProcessSpec spec;
    spec.arguments.emplace_back(tool);
    spec.arguments.insert(spec.arguments.end(), words.begin(), words.end());
    spec.environment = activation::environment_for(selection, environment);
    activation::note_use(selection, places);
    base::replace_process(spec);
}

}  // namespace

bool is_shim(std::string_view name) {
    return std::ranges::find(activation::shim_names, name) != activation::shim_names.end();
}

void run_shim(std::string_view name, std::span<const std::string_view> words,
              const Environment& environment, const fs::path& directory) {
    try {
        run_tool(name, words, environment, directory);
    } catch (const base::Error& error) {
        throw base::Error{activation::in_one_line(error), {}, exec_code_of(error)};
    }
}

}  // namespace gov::commands
