// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/project_text.hpp"
#include "store/installed.hpp"
#include "trust/owners.hpp"
#include "trust/records.hpp"

#include <array>

#include <time.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using trust::Record;

constexpr std::array options{
    Option{.name = "trust-hash",
           .value = "SHA",
           .help = "allow it only if this is its trust hash, as in CI"},
    Option{.name = "any-owner", .value = "", .help = "although others could change the files"},
    Option{.name = "show", .value = "", .help = "show what it would set, and allow nothing"},
};

std::string description_of(const ReadProject& project, const std::optional<Record>& before,
                           const std::string& hash, const base::Environment& environment) {
    std::string text = base::format("{}\n{}", base::printable(project.path.native()),
                                    wishes_of(project, environment));
    if (before && before->word == Record::Word::allowed) {
        const std::string changes = difference_from(before->claim, project.claim);
        if (!changes.empty()) text += "changed since it was allowed:\n" + changes;
    }
    return text + base::format("trust hash {}\n", hash);
}

void require_hash(const Arguments& arguments, const std::string& hash) {
    const auto wanted = arguments.value("trust-hash");
    if (!wanted) return;
    const auto digest = base::digest_from_hex(*wanted);
    if (!digest)
        throw base::Error{base::format("\"{}\" is no trust hash", base::printable(*wanted)),
                          "it has 64 hex digits: gov allow --show prints it", ExitCode::usage};
    if (base::to_hex(*digest) != hash)
        throw base::Error{base::format("the trust hash of these files is {}", hash),
                          "they are not the ones that were looked at: gov allow --show",
                          ExitCode::not_trusted};
}

void require_own(const ReadProject& project) {
    if (const auto why = trust::foreign_hand_on(project.claim.path))
        throw base::Error{*why,
                          "others could change what is allowed here: mend that, or say "
                          "gov allow --any-owner",
                          ExitCode::not_trusted};
}

// Whether what the file selects needs trust although the file does not show it: a release that is
// there, but that nothing proved.
bool selects_unproved(const project::ProjectFile& file, const store::Places& places) {
    if (!file.pin) return false;
    const toolchain::VersionSpec& spec = file.pin->specs[0];
    return store::find_installed(places, spec) &&
           !store::find_installed(places, spec, store::Counting::proved);
}

ExitCode run(const Invocation& invocation) {
    const auto& arguments = invocation.arguments;
    const store::Places places = store::Places::of(invocation.environment);
    const ReadProject project = read_project(project_file_of(
        invocation.directory, arguments.words.empty() ? std::string{} : arguments.words[0]));
    const std::string shown = base::printable(project.path.native());
    const std::string hash = project.claim.trust_hash();
    const auto before = trust::read_record(places, project.claim.path);
    invocation.output.result(description_of(project, before, hash, invocation.environment));
    require_hash(arguments, hash);
    if (arguments.has("show")) return ExitCode::done;
    if (!project.file.needs_trust() && !selects_unproved(project.file, places)) {
        invocation.output.note(shown + " only chooses a release, which needs no trust");
        return ExitCode::done;
    }
    const bool any_owner = arguments.has("any-owner");
    if (!any_owner) require_own(project);
    trust::write_record(places, {Record::Word::allowed, any_owner, ::time(nullptr), project.claim});
    invocation.output.note(shown + " is allowed, as long as it stays as it is");
    return ExitCode::done;
}

}  // namespace

constinit const Command allow_command{
    .name = "allow",
    .topic = Topic::projects,
    .summary = "let a project's file do what it asks for, as it is now",
    .words = "[DIR|FILE]",
    .most_words = 1,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Shows what the nearest .gotoolchain.toml, or that of DIR, would set, and what\n"
        "has changed since it was last allowed. The consent is for these bytes of the\n"
        "file and of the .env files that it names, at this path: whatever changes them\n"
        "asks again.",
    .run = run,
};

}  // namespace gov::commands
