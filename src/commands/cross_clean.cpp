// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "cross/kept_folder.hpp"
#include "cross/release/publish.hpp"

#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;

constexpr std::array options{
    Option{.name = "output", .value = "DIR", .help = "the output folder (dist)", .letter = 'o'},
};

ExitCode run(const Invocation& invocation) {
    const CrossPlaces places = cross_places(invocation, store::Places::of(invocation.environment));
    const fs::path output = places.directory / places.output;
    std::size_t removed = 0;
    std::error_code ignored;
    std::vector<std::string> names = cross::listed_artifacts(output);
    if (!names.empty()) names.emplace_back(cross::artifact_list_name);
    for (const std::string& file : names) removed += fs::remove(output / file, ignored) ? 1U : 0U;
    bool is_empty = true;
    for (const fs::directory_entry& entry : fs::directory_iterator{output, ignored})
        is_empty = is_empty && entry.path().filename() == ".gitignore";
    if (is_empty && removed != 0) fs::remove_all(output, ignored);
    const cross::KeptFolder kept{cross::kept_folder_of(places.directory, invocation.environment)};
    fs::remove_all(kept.path(), ignored);
    const std::string shown = base::printable(places.output.native());
    invocation.output.note(removed == 0 ? base::format("nothing of a build was in {}", shown)
                                        : base::format("{} files removed from {}", removed, shown));
    return ExitCode::done;
}

}  // namespace

constinit const Command cross_clean_command{
    .name = "cross clean",
    .topic = Topic::cross,
    .summary = "remove what cross builds of this project have left",
    .options = options,
    .help =
        "Removes from the output folder what its artifacts.json names, and what is kept\n"
        "for the next build. Go's own caches stay.",
    .run = run,
};

}  // namespace gov::commands
