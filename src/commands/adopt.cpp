// SPDX-License-Identifier: Apache-2.0
#include "download/adopt.hpp"

#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/installation.hpp"
#include "store/installed.hpp"
#include "store/workspace.hpp"

#include <array>

#include <sys/stat.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;
using download::Candidate;

constexpr std::array options{
    Option{.name = "all", .value = "", .help = "adopt every one that is found and not installed"},
    json_option};

ExitCode list_candidates(const Invocation& invocation, const store::Places& places) {
    std::string text;
    Json::Array list;
    for (const auto& [version, goroot] : download::find_candidates(invocation.environment)) {
        const bool is_installed = store::find_installed(places, version).has_value();
        list.push_back(Json::Object{
            {"version", version.name()}, {"goroot", goroot.native()}, {"installed", is_installed}});
        text += base::format("{} {}  {}\n", is_installed ? '*' : ' ', version.name(),
                             base::printable(goroot.native()));
    }
    if (text.empty()) invocation.output.note("no Go toolchain of another program was found");
    invocation.output.result(invocation.arguments.has("json") ? Json{std::move(list)}.write()
                                                              : text);
    return ExitCode::done;
}

// What was named: a directory, or the version of one that is found.
Candidate require_candidate(const Invocation& invocation, const std::string& word) {
    if (const auto candidate = download::read_candidate(invocation.directory / word))
        return *candidate;
    const auto version = toolchain::GoVersion::parse(word);
    if (version)
        for (const Candidate& candidate : download::find_candidates(invocation.environment))
            if (candidate.version == *version) return candidate;
    throw base::Error{version
                          ? base::format("no {} was found on this machine", version->name())
                          : base::format("{} is no GOROOT of a Go release", base::printable(word)),
                      "gov adopt lists what is found", ExitCode::no_release};
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    std::vector<Candidate> candidates;
    for (const std::string& word : invocation.arguments.words)
        candidates.push_back(require_candidate(invocation, word));
    if (invocation.arguments.has("all"))
        for (Candidate& candidate : download::find_candidates(invocation.environment))
            if (!store::find_installed(places, candidate.version))
                candidates.push_back(std::move(candidate));
    if (candidates.empty()) return list_candidates(invocation, places);
    base::catch_interrupts();
    ::umask(022);  // a toolchain's modes are the release's, whatever the user's mask
    store::clean_up(places);
    const download::Settings settings = download::Settings::of(invocation.environment, places);
    std::vector<std::string> names;
    for (const Candidate& candidate : candidates) names.push_back(candidate.version.name());
    return run_installations(invocation, places, names,
                             [&](std::size_t i, download::Listener& listener) {
                                 return download::adopt(settings, candidates[i], listener);
                             });
}

}  // namespace

constinit const Command adopt_command{
    .name = "adopt",
    .topic = Topic::toolchains,
    .summary = "install toolchains that are on this machine already",
    .words = "[DIRECTORY|VERSION]...",
    .most_words = any_number,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Copies what Go's module cache, /usr/local/go, ~/sdk, gvm, goenv, asdf, mise, g\n"
        "or gobrew have, and proves each copy by the checksum database as a download\n"
        "would be; a tree that was changed is refused. Without words: lists what is\n"
        "found, with a star before what is installed.",
    .run = run,
};

}  // namespace gov::commands
