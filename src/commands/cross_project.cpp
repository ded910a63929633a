// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_project.hpp"

#include "activation/project_sources.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using activation::ProjectSource;
using base::Error;
using base::ExitCode;
using trust::Standing;

bool has_table(const ProjectSource& source) {
    return project::find_entry(source.file.document.root(), "cross") != nullptr;
}

// Why the table does not count, and what to do about it.
Error refusal_of(const ProjectSource& source, bool is_nearest) {
    const std::string file = base::printable(source.path.native());
    const std::string directory =
        is_nearest ? std::string{}
                   : base::format(" '{}'", base::printable(source.path.parent_path().native()));
    const auto refusal = [&](std::string what, std::string_view hint) {
        return Error{base::format("a cross build here goes by {}, {}", file, what),
                     base::format("{}{}", hint, directory), ExitCode::not_trusted};
    };
    if (source.judgement.standing == Standing::foreign)
        return refusal("which was allowed but is not trusted: " + source.judgement.reason,
                       "change that, or run: gov allow --any-owner");
    if (source.judgement.standing == Standing::changed)
        return refusal("which has changed since it was allowed, so it is not trusted",
                       "see the difference and allow it: gov allow");
    if (source.judgement.standing == Standing::denied)
        return refusal("which was denied, so it is not trusted",
                       "gov allow takes that back: gov allow");
    return refusal("which is not trusted", "see it and allow it: gov allow");
}

}  // namespace

std::optional<CrossProject> cross_project(const fs::path& directory, const store::Places& places) {
    activation::Sight sight{directory.native()};
    auto sources = activation::project_sources(sight);
    std::size_t decides = 0;
    while (decides < sources.size() && !has_table(sources[decides])) ++decides;
    if (decides == sources.size()) return std::nullopt;
    for (std::size_t i = 0; i <= decides; ++i) {
        ProjectSource& source = sources[i];
        source.judgement =
            trust::judge(places, source.path, source.text, source.file, trust::watch_nothing);
        if (!source.judgement.is_trusted()) throw refusal_of(source, i == 0);
    }
    const ProjectSource& source = sources[decides];
    return CrossProject{source.path.parent_path(), cross::read_cross_table(source.file.document),
                        cross::read_test_table(source.file.document)};
}

}  // namespace gov::commands
