// SPDX-License-Identifier: Apache-2.0
#include "commands/pinning.hpp"

#include "activation/selection.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "download/resolve.hpp"
#include "project/pin_file.hpp"
#include "project/project_file.hpp"
#include "store/installed.hpp"
#include "store/links.hpp"
#include "store/uses.hpp"
#include "trust/judgement.hpp"

#include <time.h>

namespace gov::commands {

namespace fs = std::filesystem;
using base::ExitCode;
using toolchain::VersionSpec;

namespace {

// The selection that the pin comes to; nullopt where no installed release serves.
std::optional<activation::Selection> pinned(const activation::Choice& choice,
                                            const store::Places& places) {
    try {
        return activation::resolve(choice, places);
    } catch (const base::Error& error) {
        if (error.code() != ExitCode::no_release) throw;
        return std::nullopt;
    }
}

// Whether a file may select `toolchain` without having been allowed.
bool is_for_any_file(const store::Toolchain& toolchain, const store::Places& places) {
    return toolchain.link.empty() && store::is_proved(places, toolchain.version);
}

// The consent to `text` of the file `path`; nullopt where there is none.
std::optional<trust::Record> consent_to(const fs::path& path, const std::string& text,
                                        const store::Places& places) {
    using trust::Standing;
    try {
        const auto file = project::parse_project_file(path, text);
        if (!file.needs_trust())
            return trust::Record{trust::Record::Word::allowed, false, 0,
                                 trust::read_claim(path, text, file)};
        trust::Judgement judgement = trust::judge(places, path, text, file, [](const fs::path&) {});
        if (judgement.standing != Standing::allowed && judgement.standing != Standing::inherited)
            return std::nullopt;
        const auto record = trust::read_record(places, judgement.claim.path);
        return trust::Record{trust::Record::Word::allowed, record && record->any_owner, 0,
                             std::move(judgement.claim)};
    } catch (const base::Error&) {  // what cannot be judged was not allowed
        return std::nullopt;
    }
}

}  // namespace

fs::path pin_file_here(const Invocation& invocation) {
    const fs::path path = invocation.directory / project::pin_file_name;
    return fs::is_symlink(path) ? fs::canonical(path) : path;
}

void refuse_unknown(const Invocation& invocation, const store::Places& places,
                    const VersionSpec& spec) {
    if (spec.kind() == VersionSpec::Kind::linked) {
        if (!store::find_linked(places, spec.text())) throw toolchain::unknown_name(spec.text());
    } else if (!store::find_installed(places, spec)) {
        download::refuse_unknown(download::Settings::of(invocation.environment, places), spec);
    }
}

void write_project_file(const fs::path& path, const std::string& before, const std::string& after,
                        const store::Places& places) {
    const project::ProjectFile file = project::parse_project_file(path, after);
    // What nothing proved is never among what was allowed by the way.
    const bool keeps_consent = file.needs_trust() && !file.wants_linked();
    auto consent = keeps_consent ? consent_to(path, before, places) : std::nullopt;
    base::write_file_atomically(path, after);
    if (!consent) return;
    consent->claim.files[0].content = after;
    consent->said_at = ::time(nullptr);
    trust::write_record(places, *consent);
}

void say_pinned(const Invocation& invocation, const store::Places& places, const fs::path& path,
                const VersionSpec& spec, const std::string& why) {
    const activation::Choice choice{{spec}, activation::Origin::pin, path, 1};
    const auto selection = pinned(choice, places);
    const bool is_there = selection && selection->toolchain;
    const std::string release = is_there ? selection->name() : choice.wanted();
    const std::string shown = base::printable(path.native());
    base::Output& output = invocation.output;
    output.note(is_there && !spec.exact()
                    ? base::format("{} now pins {}, here {}{}", shown, spec.meaning(), release, why)
                    : base::format("{} now pins {}{}", shown, release, why));
    if (!is_there)
        output.note(spec.exact() ? base::format("it is not installed; run: gov install {}", release)
                                 : "no installed release is that; run: gov install");
    if (!selection) return;
    if (is_there && !is_for_any_file(*selection->toolchain, places))
        output.note("nothing proved it, so the file has to be allowed: gov allow");
    store::note_use(places, selection->name(), path);
    const auto landmarks = activation::landmarks_of(invocation.directory.native());
    if (const auto floor = activation::missed_floor(*selection, landmarks))
        output.note(activation::describe_missed_floor(*selection, *floor));
}

}  // namespace gov::commands
