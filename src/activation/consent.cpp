// SPDX-License-Identifier: Apache-2.0
#include "activation/consent.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "project/pin_file.hpp"
#include "trust/judgement.hpp"

namespace gov::activation {

namespace {

bool is_allowed(const Choice& choice, Sight& sight, const store::Places& places,
                Dependencies& dependencies) {
    const Sight::ProjectFile* read = sight.project_file(choice.file.native());
    if (read == nullptr) return false;
    const auto watch = [&](const std::filesystem::path& file) { dependencies.watch(file); };
    return trust::judge_strictly(places, read->path, read->text, read->file, watch).is_trusted();
}

base::Error refusal_of(const Choice& choice, const store::Toolchain& toolchain, bool can_allow) {
    const std::string name = toolchain.name();
    const std::string what =
        toolchain.link.empty()
            ? base::format("nothing proved {} when it was installed", name)
            : base::format("{} is a linked toolchain, which nothing proves", name);
    std::string hint = can_allow ? std::string{"see the file and allow it: gov allow; or "} : "";
    hint += base::format("for this session: gov shell {}", name);
    if (toolchain.link.empty())
        hint += base::format("; or have it proved: gov uninstall --force {0} and gov install {0}",
                             name);
    return base::Error{
        base::format("{}, and {} was not allowed to select it", what, choice.reason()), hint,
        base::ExitCode::not_trusted};
}

}  // namespace

bool is_of_user(const Choice& choice) {
    return !choice.is_of_project() || choice.file.empty();
}

void require_consent(const Choice& choice, const store::Toolchain& toolchain, bool is_locked,
                     Sight& sight, const store::Places& places, Dependencies& dependencies) {
    if (toolchain.link.empty()) dependencies.watch(places.receipt(toolchain.version));
    const bool can_allow = !is_locked && choice.file.filename() == project::pin_file_name;
    if (can_allow && is_allowed(choice, sight, places, dependencies)) return;
    throw refusal_of(choice, toolchain, can_allow);
}

}  // namespace gov::activation
