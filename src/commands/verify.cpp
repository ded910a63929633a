// SPDX-License-Identifier: Apache-2.0
#include "download/verify.hpp"

#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "project/go_env.hpp"
#include "store/workspace.hpp"

#include <array>
#include <filesystem>
#include <map>

#include <unistd.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{
    Option{.name = "all", .value = "", .help = "check every installed release"},
    Option{.name = "offline",
           .value = "",
           .help = "ask nothing over the network; as GOV_OFFLINE does"},
    json_option};

std::string_view word_for(download::Change change) {
    switch (change) {
        case download::Change::changed:
            return "changed";
        case download::Change::missing:
            return "missing";
        case download::Change::extra:
            return "extra";
        case download::Change::not_covered:
            return "not covered";
    }
    return {};
}

// A toolchain that was checked, by the name that people know it by.
struct Finding {
    std::string name;
    std::filesystem::path goroot;
    download::Verification found;
};

Json to_json(const Finding& finding) {
    const download::Verification& found = finding.found;
    Json::Array differences;
    Json::Array not_covered;
    for (const auto& [change, name] : found.differences)
        if (change == download::Change::not_covered)
            not_covered.emplace_back(name);
        else
            differences.push_back(Json::Object{{"change", word_for(change)}, {"name", name}});
    return Json::Object{{"version", found.receipt.version.name()},
                        {"goroot", finding.goroot.native()},
                        {"h1", found.receipt.h1},
                        {"proved_by", found.receipt.proved_by},
                        {"whole", found.is_whole()},
                        {"differences", std::move(differences)},
                        {"not_covered", std::move(not_covered)}};
}

// The files that are not covered: each one, or where a folder has thousands, as doc and test of a
// release do, the folder.
std::string not_covered_text(const Finding& finding) {
    constexpr std::size_t most_named = 20;
    std::map<std::string, std::vector<std::string_view>> by_folder;
    for (const auto& [change, name] : finding.found.differences)
        if (change == download::Change::not_covered)
            by_folder[name.substr(0, name.find('/') + 1)].push_back(name);
    std::string text;
    for (const auto& [folder, names] : by_folder) {
        if (names.size() > most_named) {
            text +=
                base::format("{}: not covered {} ({} files)\n", finding.name, folder, names.size());
            continue;
        }
        for (const std::string_view name : names)
            text += base::format("{}: not covered {}\n", finding.name, base::printable(name));
    }
    return text;
}

std::string proof_text(const store::Receipt& receipt) {
    if (receipt.proof)
        return base::format("proved by {} (record {})", receipt.proof->database,
                            receipt.proof->record_id);
    return "not covered by the checksum database";
}

// Whether the toolchain is what it has to be.
bool is_fine(const download::Verification& found) {
    return found.is_whole() && found.receipt.is_proved();
}

void say(const Finding& finding, base::Output& output) {
    const download::Verification& found = finding.found;
    std::string text;
    for (const auto& [change, file] : found.differences)
        if (change != download::Change::not_covered)
            text +=
                base::format("{}: {} {}\n", finding.name, word_for(change), base::printable(file));
    text += not_covered_text(finding);
    if (!found.receipt.is_proved())
        text +=
            base::format("{}: nothing proves it: it was installed with --insecure\n", finding.name);
    else if (found.is_whole())
        text += base::format("{}: whole, {}, {}\n", finding.name, found.receipt.h1,
                             proof_text(found.receipt));
    output.result(text);
}

// The version's lock, against an uninstall or an install in the meantime; nullopt in a home that
// this user may read alone, as on a build machine.
std::optional<base::FileLock> lock_if_writable(const Invocation& invocation,
                                               const store::Places& places,
                                               const toolchain::GoVersion& version) {
    if (::access(places.home.c_str(), W_OK) != 0) return std::nullopt;
    return store::lock_version(places, version, [&] {
        invocation.output.note(
            base::format("waiting for another gov to finish with {}", version.name()));
    });
}

Finding check_installed(const Invocation& invocation, const store::Places& places,
                        const toolchain::GoVersion& version, const std::string& gosumdb) {
    const auto lock = lock_if_writable(invocation, places, version);
    const auto toolchain = store::find_installed(places, version);
    if (!toolchain)
        throw base::Error{base::format("{} is not installed", version.name()),
                          "gov list shows what is", ExitCode::no_release};
    return {
        version.name(), toolchain->goroot,
        download::verify(places, *toolchain, gosumdb, project::read_config(places.config).verify)};
}

Finding check_directory(const Invocation& invocation, const store::Places& places,
                        const std::string& word) {
    const std::filesystem::path goroot = invocation.directory / word;
    download::Settings settings = download::Settings::of(invocation.environment, places);
    settings.offline = settings.offline || invocation.arguments.has("offline");
    return {base::printable(word), goroot, download::verify_directory(settings, goroot)};
}

// What the words name, each a version or a directory; with --all every installed release.
std::vector<std::string> wanted(const Invocation& invocation, const store::Places& places) {
    std::vector<std::string> words = invocation.arguments.words;
    if (invocation.arguments.has("all"))
        for (const store::Toolchain& toolchain : store::installed(places))
            words.push_back(toolchain.version.name());
    else if (words.empty())
        throw base::Error{"gov verify: nothing was named",
                          "name a release, or say gov verify --all", ExitCode::usage};
    return words;
}

// Goes on past a failure; the exit code is the first one's.
ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const std::string gosumdb = project::GoEnv{invocation.environment, {}}.get("GOSUMDB");
    const std::vector<std::string> words = wanted(invocation, places);
    const bool json = invocation.arguments.has("json");
    base::catch_interrupts();
    Json::Array list;
    std::size_t broken = 0;
    ExitCode code = ExitCode::done;
    for (const std::string& word : words) {
        try {
            const auto version = toolchain::GoVersion::parse(word);
            if (!version && !std::filesystem::is_directory(invocation.directory / word))
                toolchain::GoVersion::require(word);
            const Finding finding = version ? check_installed(invocation, places, *version, gosumdb)
                                            : check_directory(invocation, places, word);
            if (!is_fine(finding.found)) ++broken;
            if (json)
                list.push_back(to_json(finding));
            else
                say(finding, invocation.output);
        } catch (const base::Error& error) {
            if (code == ExitCode::done) code = base::exit_code_of(error);
            invocation.output.error(error);
            if (code == ExitCode::interrupted) break;
        }
    }
    if (json) invocation.output.result(Json{std::move(list)}.write());
    if (broken == 0) return code;
    invocation.output.error(base::Error{
        base::format("{} of {} toolchains are not what is proved", broken, words.size()),
        "uninstall and install them again"});
    return code == ExitCode::done ? ExitCode::verification : code;
}

}  // namespace

constinit const Command verify_command{
    .name = "verify",
    .topic = Topic::toolchains,
    .summary = "check that toolchains are what the checksum database knows",
    .words = "[VERSION|DIRECTORY]...",
    .most_words = any_number,
    .completes = WordKind::installed,
    .options = options,
    .help =
        "Hashes every file again and names each one that is changed, missing or extra.\n"
        "For installed releases the proof stands in the receipt, and no network is\n"
        "needed. Any other GOROOT is held against what is installed of that release, or\n"
        "else against the checksum database.",
    .run = run,
};

}  // namespace gov::commands
