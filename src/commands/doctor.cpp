// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "activation/selection.hpp"
#include "activation/start_up.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"
#include "commands/all_commands.hpp"
#include "project/go_env.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using activation::StartUp;
using base::Environment;
using base::ExitCode;
using base::Json;

constexpr std::array options{json_option};
constexpr std::size_t size_limit = std::size_t{4} * 1024 * 1024;

struct Finding {
    enum class Kind { ok, note, problem };

    std::string_view check;
    Kind kind = Kind::ok;
    std::string message;
    std::string hint = {};
};
using Findings = std::vector<Finding>;
using Kind = Finding::Kind;

// Other programs that put a go on PATH: how they show, what in a start-up file brings them, and how
// to live with them.
struct Manager {
    std::string_view name;
    std::array<std::string_view, 2> variables;
    std::string_view on_path;
    std::string_view start_up;
    std::string_view advice;
};
constexpr std::array<Manager, 5> managers{{
    {"gvm",
     {"GVM_ROOT", "gvm_go_name"},
     "/.gvm/",
     "scripts/gvm",
     "it replaces cd and sets GOROOT and GOPATH; take it out once gov import has shown what it "
     "has"},
    {"goenv",
     {"GOENV_SHELL", "GOENV_ROOT"},
     "/.goenv/",
     "goenv init",
     "its shims come before gov's go where its line is last; gov follows .go-version by itself"},
    {"asdf",
     {"ASDF_DIR", "ASDF_DATA_DIR"},
     "/.asdf/shims",
     "asdf.sh",
     "uninstall its golang plugin and keep the rest; gov follows .tool-versions by itself"},
    {"mise",
     {"MISE_SHELL", "__MISE_DIFF"},
     "/mise/",
     "mise activate",
     "take go out of its tools and keep the rest; put gov's hook after it"},
    {"direnv",
     {"DIRENV_DIR", "DIRENV_DIFF"},
     {},
     "direnv hook",
     "in projects with an .envrc the hook leaves the environment to it; add the line: use gov"},
}};

// The line of `text` behind the hook's where another manager is started; empty if there is none.
std::string_view manager_behind(std::string_view text, std::size_t hook_line) {
    std::size_t number = 0;
    for (const std::string_view line : base::lines_of(text)) {
        if (++number <= hook_line || line.starts_with('#')) continue;
        for (const Manager& manager : managers)
            if (manager.name != "direnv" && line.find(manager.start_up) != std::string_view::npos)
                return manager.name;
    }
    return {};
}

std::size_t line_of_setup(std::string_view text) {
    const auto at = text.find("# gov setup: begin");
    if (at == std::string_view::npos) return 0;
    return static_cast<std::size_t>(
               std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
           1;
}

void check_hook_file(const StartUp& start_up, const activation::Shell& shell,
                     const Environment& environment, Findings& findings) {
    const auto text = base::read_file(start_up.hook, size_limit);
    if (text == activation::hook_text(shell, activation::lasting_path(environment))) return;
    findings.push_back({"hook file", Kind::problem,
                        base::format("{} is {}", start_up.hook.native(),
                                     text ? "not this version's hook" : "missing"),
                        base::format("gov setup {}", shell.name)});
}

// Whether the shell reads the hook when it starts, after what else is about go.
void check_start_up(const Environment& environment, const store::Places& places,
                    Findings& findings) {
    const std::string name = fs::path{environment.non_empty("SHELL").value_or("sh")}.filename();
    const activation::Shell& shell = activation::require_shell(name);
    const StartUp start_up = StartUp::of(shell, environment, places);
    const std::string text = base::read_file(start_up.file, size_limit).value_or("");
    const bool set_up = start_up.statement.empty() ? !text.empty() : line_of_setup(text) != 0;
    const std::size_t line = set_up ? line_of_setup(text) : activation::line_with_hook(text);
    if (!set_up && line == 0) {
        findings.push_back({"hook", Kind::problem,
                            base::format("{} does not have the hook", start_up.file.native()),
                            base::format("gov setup {}", shell.name)});
        return;
    }
    if (const auto later = manager_behind(text, line); !later.empty())
        findings.push_back({"hook", Kind::problem,
                            base::format("{} starts {} after gov's hook, so that its go may come "
                                         "first on PATH",
                                         start_up.file.native(), later),
                            "put gov's lines last"});
    else
        findings.push_back(
            {"hook", Kind::ok, base::format("{} has the hook", start_up.file.native())});
    if (set_up) check_hook_file(start_up, shell, environment, findings);
}

void check_goroot(const Environment& environment, Findings& findings) {
    const auto goroot = environment.non_empty("GOROOT");
    const fs::path on_path = project::goroot_on_path(environment);
    std::error_code failure;
    if (goroot && !on_path.empty() && !fs::equivalent(fs::path{*goroot}, on_path, failure))
        findings.push_back({"GOROOT", Kind::problem,
                            base::format("GOROOT is {}, but the go on PATH belongs to {}",
                                         base::printable(*goroot), on_path.native()),
                            "unset GOROOT: a go finds its own"});
    else
        findings.push_back({"GOROOT", Kind::ok, "GOROOT and the go on PATH agree"});
}

// Where the hook has been at work: whether its go is still the first.
void check_path(const Invocation& invocation, const store::Places& places, Findings& findings) {
    if (!invocation.environment.get("GOV_STATE")) return;
    const auto selection = activation::select(invocation.directory, invocation.environment, places);
    if (!selection || !selection->toolchain) return;
    const std::string first =
        base::find_program("go", invocation.environment.get("PATH").value_or(""));
    const std::string wanted = (selection->toolchain->goroot / "bin/go").native();
    if (first != wanted)
        findings.push_back(
            {"PATH", Kind::problem,
             base::format("the first go on PATH is {}, not {}", base::printable(first), wanted),
             "find what puts it there after the hook: an alias, a later line of the "
             "start-up file, or a PATH that was set by hand"});
}

// What `go env -w` has written: it counts wherever the environment has no other value.
void check_go_env(const Environment& environment, Findings& findings) {
    const fs::path file = project::user_env_file(environment);
    Environment bare;
    for (const std::string_view name : {"HOME", "XDG_CONFIG_HOME", "GOENV"})
        if (const auto value = environment.get(name)) bare.set(name, std::string{*value});
    const project::GoEnv settings{bare, {}};
    for (const std::string_view name :
         {"GOTOOLCHAIN", "GOFLAGS", "GOOS", "GOARCH", "CGO_ENABLED", "GOBIN", "GO111MODULE"}) {
        const std::string value = settings.get(name);
        if (value.empty()) continue;
        const bool harmless = name == "GOTOOLCHAIN";
        findings.push_back(
            {"go env", Kind::note,
             base::format("{} sets {}={}{}", file.native(), name, base::printable(value),
                          harmless ? ", which counts where nothing is pinned"
                                   : ", which counts in every project"),
             base::format("go env -u {} takes it out", name)});
    }
}

void check_managers(const Environment& environment, Findings& findings) {
    for (const Manager& manager : managers) {
        bool active = !manager.on_path.empty() && environment.get("PATH").value_or("").find(
                                                      manager.on_path) != std::string_view::npos;
        for (const std::string_view variable : manager.variables)
            active = active || environment.get(variable).has_value();
        if (active)
            findings.push_back({"managers", Kind::note,
                                base::format("{} is active in this shell", manager.name),
                                std::string{manager.advice}});
    }
}

std::string_view word_of(Kind kind) {
    return kind == Kind::ok ? "ok" : kind == Kind::note ? "note" : "problem";
}

Json to_json(const Findings& findings) {
    Json::Array list;
    for (const Finding& finding : findings)
        list.emplace_back(Json::Object{{"check", finding.check},
                                       {"result", word_of(finding.kind)},
                                       {"message", finding.message},
                                       {"hint", base::or_null(finding.hint)}});
    return list;
}

ExitCode run(const Invocation& invocation) {
    const auto places = store::Places::of(invocation.environment);
    Findings findings;
    const auto examine = [&](std::string_view check, const auto& step) {
        try {
            step();
        } catch (const base::Error& error) {
            findings.push_back(
                {check, Kind::problem, base::full_message(error), base::hint_of(error)});
        }
    };
    examine("hook", [&] { check_start_up(invocation.environment, places, findings); });
    examine("GOROOT", [&] { check_goroot(invocation.environment, findings); });
    examine("PATH", [&] { check_path(invocation, places, findings); });
    examine("go env", [&] { check_go_env(invocation.environment, findings); });
    examine("managers", [&] { check_managers(invocation.environment, findings); });
    bool well = true;
    std::string text;
    for (const Finding& finding : findings) {
        well = well && finding.kind != Kind::problem;
        text += base::format("{:<8} {}\n", word_of(finding.kind), base::printable(finding.message));
        if (!finding.hint.empty()) text += base::format("{:<8}   {}\n", "", finding.hint);
    }
    invocation.output.result(invocation.arguments.has("json") ? to_json(findings).write() : text);
    return well ? ExitCode::done : ExitCode::failed;
}

}  // namespace

constinit const Command doctor_command{
    .name = "doctor",
    .topic = Topic::shells,
    .summary = "look for what keeps the shell from following the pins",
    .options = options,
    .help =
        "Looks at the shell's start-up file, GOROOT and PATH, the settings of go env -w\n"
        "and other version managers. Exit code 1 where there is a problem.",
    .run = run,
};

}  // namespace gov::commands
