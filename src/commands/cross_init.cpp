// SPDX-License-Identifier: Apache-2.0
#include "activation/own_program.hpp"
#include "base/crypto.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/mapped_file.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "cross/starter_files.hpp"
#include "cross/workspace.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

constexpr std::size_t largest_file = std::size_t{1} << 20U;

constexpr std::array options{
    cross_package_option,
    Option{.name = "gov-url", .value = "URL", .help = "where the jobs of a CI service get gov"},
    Option{.name = "force", .value = "", .help = "replace files that say something else"},
    Option{.name = "print", .value = "", .help = "print them, and write nothing"},
};

// What stands in shells' words, YAML and rules of make as it is.
void refuse_odd_text(std::string_view text) {
    const bool is_plain = std::ranges::all_of(text, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
               std::string_view{"._/~+-"}.contains(letter);
    });
    if (!is_plain)
        throw Error{
            base::format("{}: gov writes no files that hold such a name", base::printable(text)),
            "letters, digits and . _ / ~ + - are what it takes", ExitCode::usage};
}

// The name of the Go package in `directory`; main where there is none yet.
std::string package_name_of(const cross::PlanRequest& request) {
    const base::ProcessResult result = base::run(
        {.arguments = {(request.goroot / "bin/go").native(), "list", "-e", "-f", "{{.Name}}", "."},
         .environment = request.environment,
         .directory = request.directory});
    const std::string name = result.output.substr(0, result.output.find('\n'));
    return result.status == 0 && !name.empty() ? name : "main";
}

// The one program that is built; nullptr: there are several.
const cross::MainPackage* only_program(const cross::Plan& plan) {
    const cross::MainPackage* program = nullptr;
    for (const cross::Step& step : plan.steps) {
        if (step.package.import_path.empty()) continue;
        if (program != nullptr && program->import_path != step.package.import_path) return nullptr;
        program = &step.package;
    }
    return program;
}

// This very gov, for jobs that get it from `url`; empty: from where the service keeps it.
cross::StarterGov this_gov(std::string_view url) {
    if (!url.empty() && !url.starts_with("https://"))
        throw Error{base::format("--gov-url {}: not https", base::printable(url)),
                    "as in --gov-url https://example.com/gov", ExitCode::usage};
    if (!url.empty()) refuse_odd_text(url.substr(url.find("//")));
    const base::MappedFile program{activation::own_path()};
    return {.platform = toolchain::Platform::host(),
            .sha256 = base::to_hex(base::sha256(program.bytes())),
            .url = std::string{url}};
}

cross::StarterFacts facts_of(std::string_view kind, const CrossRequest& request) {
    const cross::Plan plan = cross::make_plan(request.plan);
    cross::StarterFacts facts{.program = "the programs", .go = request.plan.go_version.number()};
    facts.targets = targets_of(plan);
    const cross::MainPackage* program = only_program(plan);
    if (program != nullptr) {
        facts.program = program->program_name();
        const fs::path place = program->directory.lexically_relative(request.plan.directory);
        facts.package = place == "." ? place.native() : "./" + place.native();
        facts.has_version = cross::has_string_variable(*program, "version");
    } else if (kind == "dockerfile") {
        throw Error{"there are several programs, and an image has one",
                    "name it: --package ./cmd/NAME", ExitCode::usage};
    }
    if (const auto& packages = request.plan.flags.packages)
        facts.options = base::format(" --package {}", packages->front());
    facts.output = request.output.native();
    if (program != nullptr) refuse_odd_text(facts.program);
    refuse_odd_text(facts.package);
    refuse_odd_text(facts.output);
    if (const auto& packages = request.plan.flags.packages) refuse_odd_text(packages->front());
    facts.package_name = package_name_of(request.plan);
    if (kind == "dockerfile")
        facts.module_files = cross::module_files(request.plan.directory, request.plan.goroot,
                                                 request.plan.environment);
    facts.needs_trust = fs::exists(request.plan.directory / ".gotoolchain.toml");
    return facts;
}

// Refuses before anything is written, so that it is all or nothing.
void refuse_other_content(const std::vector<cross::StarterFile>& files, const fs::path& directory) {
    for (const cross::StarterFile& file : files) {
        const auto present = base::read_file(directory / file.path, largest_file);
        if (present && *present != file.content)
            throw Error{base::format("{} is there already and says something else, so nothing was "
                                     "written",
                                     file.path.native()),
                        "--print shows what gov would write, --force replaces it", ExitCode::usage};
    }
}

void write(const std::vector<cross::StarterFile>& files, const fs::path& directory,
           base::Output& output) {
    for (const cross::StarterFile& file : files) {
        const fs::path path = directory / file.path;
        const auto present = base::read_file(path, largest_file);
        if (present == file.content) {
            output.note(base::format("{} is so already", file.path.native()));
            continue;
        }
        fs::create_directories(path.parent_path());
        base::write_file_atomically(path, file.content);
        output.note(base::format("{} {}", file.path.native(), present ? "replaced" : "written"));
    }
}

ExitCode run(const Invocation& invocation) {
    base::catch_interrupts();
    Arguments arguments = invocation.arguments;
    const std::string kind = arguments.words.front();
    cross::require_starter_kind(kind);
    arguments.words.erase(arguments.words.begin());  // the others are targets
    const CrossRequest request =
        cross_request({arguments, invocation.environment, invocation.directory, invocation.output});
    if (kind == "generate" && request.plan.table.generates)
        throw Error{
            "generate = true of [cross] has cross builds run go generate, which would "
            "start them again",
            "take it out of the file first", ExitCode::usage};
    cross::StarterFacts facts = facts_of(kind, request);
    facts.gov = this_gov(arguments.value("gov-url").value_or(""));
    const std::vector<cross::StarterFile> files = cross::starter_files(kind, facts);
    if (arguments.has("print")) {
        for (const cross::StarterFile& file : files) invocation.output.result(file.content);
        return ExitCode::done;
    }
    if (!arguments.has("force")) refuse_other_content(files, request.plan.directory);
    write(files, request.plan.directory, invocation.output);
    if (facts.gov.url.empty() && (kind == "github" || kind == "gitlab"))
        invocation.output.note(
            "its first lines say from where the jobs get gov; --gov-url URL names "
            "another place");
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_init_command{
    .name = "cross init",
    .topic = Topic::cross,
    .summary = "write a Makefile, Dockerfile, CI file or go:generate line",
    .words = "KIND [TARGET]...",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::target,
    .options = options,
    .help =
        "KIND is makefile, dockerfile, github, gitlab or generate. The files are for\n"
        "this project: its program, its release, its targets. None that says something\n"
        "else is replaced without --force.",
    .run = run,
};

}  // namespace gov::commands
