// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "commands/all_commands.hpp"
#include "cross/artifact/artifact_diff.hpp"

#include <array>
#include <memory>

namespace gov::commands {

namespace {

using base::ExitCode;

constexpr std::array options{json_option};

struct Side {
    explicit Side(const std::string& path)
        : file{base::while_doing("reading " + path,
                                 [&] { return std::make_unique<base::MappedFile>(path); })},
          artifact{base::while_doing("reading " + path,
                                     [&] { return cross::read_artifact(file->bytes()); })} {}

    std::unique_ptr<base::MappedFile> file;
    cross::Artifact artifact;
};

ExitCode run(const Invocation& invocation) {
    const Side left{invocation.arguments.words[0]};
    const Side right{invocation.arguments.words[1]};
    const cross::ArtifactDiff diff =
        cross::diff({left.file->bytes(), left.artifact}, {right.file->bytes(), right.artifact});
    invocation.output.result(invocation.arguments.has("json") ? cross::to_json(diff).write()
                                                              : cross::to_text(diff));
    return diff.is_empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

constinit const Command cross_diff_command{
    .name = "cross diff",
    .topic = Topic::cross,
    .summary = "show where two program files differ",
    .words = "FILE FILE",
    .fewest_words = 2,
    .most_words = 2,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Compares them section by section, and what they say of themselves: how many\n"
        "bytes differ and from which offset. The exit code is 1 where they do.",
    .run = run,
};

}  // namespace gov::commands
