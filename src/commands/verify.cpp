// SPDX-License-Identifier: Apache-2.0
#include "download/verify.hpp"

#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "project/go_env.hpp"
#include "store/workspace.hpp"

#include <array>

#include <unistd.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{json_option};

std::string_view word_for(download::Change change) {
    switch (change) {
        case download::Change::changed:
            return "changed";
        case download::Change::missing:
            return "missing";
        case download::Change::extra:
            return "extra";
    }
    return {};
}

Json to_json(const download::Verification& found) {
    Json::Array differences;
    for (const auto& [change, name] : found.differences)
        differences.push_back(Json::Object{{"change", word_for(change)}, {"name", name}});
    return Json::Object{{"version", found.receipt.version.name()},
                        {"h1", found.receipt.h1},
                        {"proved_by", found.receipt.proved_by},
                        {"whole", found.differences.empty()},
                        {"differences", std::move(differences)}};
}

void say(const download::Verification& found, base::Output& output) {
    const std::string name = found.receipt.version.name();
    std::string text;
    for (const auto& [change, file] : found.differences)
        text += base::format("{}: {} {}\n", name, word_for(change), base::printable(file));
    if (text.empty())
        text =
            base::format("{}: whole, {}, {}\n", name, found.receipt.h1,
                         found.receipt.proof ? base::format("proved by {} (record {})",
                                                            found.receipt.proof->database,
                                                            found.receipt.proof->record_id)
                                             : std::string{"not covered by the checksum database"});
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

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const project::GoEnv go_env{invocation.environment, {}};
    const std::string gosumdb = go_env.get("GOSUMDB");
    std::vector<toolchain::GoVersion> versions;
    for (const std::string& word : invocation.arguments.words)
        versions.push_back(toolchain::GoVersion::require(word));
    Json::Array list;
    std::size_t broken = 0;
    for (const toolchain::GoVersion& version : versions) {
        const auto lock = lock_if_writable(invocation, places, version);
        const auto toolchain = store::find_installed(places, version);
        if (!toolchain)
            throw base::Error{base::format("{} is not installed", version.name()),
                              "gov list shows what is", ExitCode::no_release};
        const download::Verification found = download::verify(places, *toolchain, gosumdb);
        if (!found.differences.empty()) ++broken;
        if (invocation.arguments.has("json"))
            list.push_back(to_json(found));
        else
            say(found, invocation.output);
    }
    if (invocation.arguments.has("json")) invocation.output.result(Json{std::move(list)}.write());
    if (broken == 0) return ExitCode::done;
    throw base::Error{
        base::format("{} of {} toolchains are not what was installed", broken, versions.size()),
        "uninstall and install them again", ExitCode::verification};
}

}  // namespace

constinit const Command verify_command{
    .name = "verify",
    .summary = "check that installed releases are still what was proved",
    .words = "VERSION...",
    .fewest_words = 1,
    .most_words = any_number,
    .completes = WordKind::installed,
    .options = options,
    .help =
        "Hashes every file again and names each one that is changed, missing or extra.\n"
        "Needs no network: the proof stands in the receipt.",
    .run = run,
};

}  // namespace gov::commands
