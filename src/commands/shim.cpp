// SPDX-License-Identifier: Apache-2.0
#include "commands/shim.hpp"

#include "activation/goal.hpp"
#include "activation/selection.hpp"
#include "activation/stand_in.hpp"
#include "activation/use.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/process.hpp"
#include "base/unique_fd.hpp"
#include "commands/all_commands.hpp"
#include "commands/exec_code.hpp"
#include "project/config.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using activation::Selection;
using base::Environment;
using base::ExitCode;
using Words = std::span<const std::string_view>;
using Asked = std::optional<std::string_view>;  // the version of go +1.21 build

bool is_own_program(const fs::path& path) {
    std::error_code failure;
    return fs::equivalent(path, "/proc/self/exe", failure);
}

// A toolchain whose go is a link to gov would have it call itself for ever.
void refuse_own_program(const fs::path& tool) {
    if (is_own_program(tool))
        throw base::Error{base::format("{} is gov itself, not a Go tool", tool.native()),
                          "install the release again"};
}

[[noreturn]] void become(const fs::path& tool, Words words, Environment environment) {
    base::ProcessSpec spec;
    spec.arguments.emplace_back(tool);
    spec.arguments.insert(spec.arguments.end(), words.begin(), words.end());
    spec.environment = std::move(environment);
    base::replace_process(spec);
}

// The first `name` on PATH that is not gov; empty if there is none.
fs::path next_on_path(std::string_view name, std::string_view path) {
    while (!path.empty()) {
        const auto entry = path.substr(0, path.find(':'));
        path.remove_prefix(std::min(entry.size() + 1, path.size()));
        if (!entry.starts_with('/')) continue;  // never from where the user happens to be
        const fs::path candidate = fs::path{entry} / name;
        if (!base::find_program(name, entry).empty() && !is_own_program(candidate))
            return candidate;
    }
    return {};
}

// Nothing asks for a version here: gov stands aside for the next `name` on PATH. Other managers'
// scripts may come back here by PATH; the count of how often ends a circle of them.
[[noreturn]] void stand_aside(std::string_view name, Words words, Environment environment) {
    constexpr int most_times = 64;
    const std::string_view text = environment.get("GOV_SHIM_DEPTH").value_or("0");
    int depth = 0;
    std::from_chars(text.data(), text.data() + text.size(), depth);
    const fs::path next = next_on_path(name, environment.get("PATH").value_or(""));
    if (next.empty()) throw activation::nothing_chosen();
    if (depth >= most_times)
        throw base::Error{base::format("{} and gov call each other for ever", next.native()),
                          "take one of them off PATH, or choose gov default VERSION"};
    environment.set("GOV_SHIM_DEPTH", base::format("{}", depth + 1));
    become(next, words, std::move(environment));
}

// Runs `gov install` for what is asked for, without its result: standard output belongs to the
// tool.
void install_now(const Asked& asked, const Environment& environment, const fs::path& directory) {
    const base::UniqueFd result{::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
    const mode_t mask = ::umask(022);
    const base::UniqueFd nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    if (nowhere) ::dup2(nowhere.get(), STDOUT_FILENO);
    base::Output output{environment};
    Arguments arguments;
    if (asked) arguments.words.emplace_back(*asked);
    ExitCode code = ExitCode::failed;
    try {
        code = install_command.run({arguments, environment, directory, output});
    } catch (const base::Error& error) {
        output.error(error);
    }
    if (result) ::dup2(result.get(), STDOUT_FILENO);
    ::umask(mask);
    if (code == ExitCode::interrupted) throw base::Error{"interrupted", {}, code};
}

// What is asked for, or else in effect in `directory`, of which `sight` is the sight; installed
// where it is not and the user's config says so; nullopt where nothing is chosen.
std::optional<Selection> find_selection(const Asked& asked, activation::Sight& sight,
                                        const Environment& environment, const fs::path& directory,
                                        const store::Places& places) {
    const auto find = [&] {
        auto selection =
            asked ? activation::resolve(activation::Choice::of_command_line(*asked), places)
                  : activation::select(sight, environment, places);
        if (selection) selection->require_toolchain();
        return selection;
    };
    try {
        return find();
    } catch (const base::Error& error) {
        if (error.code() != ExitCode::no_release ||
            !project::read_config(places.config).auto_install)
            throw;
    }
    install_now(asked, environment, directory);
    return find();
}

[[noreturn]] void run_tool(std::string_view name, Words words, Environment environment,
                           const fs::path& directory) {
    Asked asked;
    if (!words.empty() && words[0].size() > 1 && words[0].starts_with('+')) {
        asked = words[0].substr(1);
        words = words.subspan(1);
    }
    const auto places = store::Places::of(environment);
    activation::Sight sight{directory.native()};
    const auto selection = find_selection(asked, sight, environment, directory, places);
    if (!selection) stand_aside(name, words, std::move(environment));
    // Programs that ask gov again are to get the same answer.
    if (asked) environment.set("GOV_VERSION", selection->name());
    const fs::path tool = selection->require_toolchain().goroot / "bin" / name;
    refuse_own_program(tool);
    const auto project = activation::project_environment(sight, *selection, environment, places);
    // The version alone needs no trust, so the tool runs; that the rest is missing has to be said.
    if (project.refusal) base::Output{environment}.note(activation::in_one_line(*project.refusal));
    activation::note_use(*selection, places);
    become(tool, words, activation::environment_for(*selection, project, environment));
}

}  // namespace

bool is_shim(std::string_view name) {
    return std::ranges::find(activation::shim_names, name) != activation::shim_names.end();
}

void run_shim(std::string_view name, Words words, const Environment& environment,
              const std::function<fs::path()>& directory) {
    try {
        run_tool(name, words, environment, directory());
    } catch (const base::Error& error) {
        throw base::Error{activation::in_one_line(error), {}, exec_code_of(error)};
    }
}

}  // namespace gov::commands
