// SPDX-License-Identifier: Apache-2.0
#include "activation/locked_choice.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::activation {

using toolchain::VersionSpec;

std::filesystem::path lock_path(const Choice& choice) {
    if (choice.file.empty() || choice.origin == Origin::fallback) return {};
    return choice.file.parent_path() / project::lock_file_name;
}

std::string word_of(const VersionSpec& spec) {
    const auto exact = spec.exact();
    return exact ? exact->number() : spec.text();
}

std::string pin_text(const Choice& choice) {
    if (choice.floor) return choice.specs[0].text();
    std::string text;
    for (const VersionSpec& spec : choice.specs) text += (text.empty() ? "" : " ") + word_of(spec);
    return text;
}

std::optional<project::Lock> lock_of(const Choice& choice) {
    const auto path = lock_path(choice);
    auto lock = path.empty() ? std::nullopt : project::read_lock(path);
    if (!lock || lock->pin == pin_text(choice)) return lock;
    throw base::Error{
        base::format("{} is for \"{}\", but {} asks for \"{}\"", base::printable(path.native()),
                     base::printable(lock->pin), choice.reason(), pin_text(choice)),
        "write it again: gov lock", base::ExitCode::usage};
}

bool follow_lock(Choice& choice, Dependencies& dependencies) {
    const auto path = lock_path(choice);
    if (path.empty() || (choice.specs.size() == 1 && choice.specs[0].exact())) return false;
    dependencies.watch(path);
    const auto lock = lock_of(choice);
    if (!lock) return false;
    choice.specs = {VersionSpec::exactly(lock->release)};
    choice.floor.reset();
    return true;
}

}  // namespace gov::activation
