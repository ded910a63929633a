// SPDX-License-Identifier: Apache-2.0
#include "commands/from_source.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/installation.hpp"
#include "download/adopt.hpp"
#include "download/resolve.hpp"
#include "download/source_build.hpp"

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;
using download::SourceOrder;

// The release whose source is in the directory that `word` names.
SourceOrder order_for_tree(const std::string& word, const fs::path& tree) {
    const auto candidate = download::read_candidate(tree);
    std::error_code absent;
    if (!candidate || !fs::is_regular_file(tree / "src/make.bash", absent))
        throw base::Error{
            base::format("{} is no source of a Go release: it takes VERSION, which names the "
                         "release, and src/make.bash",
                         base::printable(word)),
            "build other trees by hand, then gov link NAME DIR", ExitCode::usage};
    return {candidate->version, tree};
}

SourceOrder order_of(const Invocation& invocation, const download::Settings& settings) {
    const auto& words = invocation.arguments.words;
    if (words.size() != 1)
        throw base::Error{"gov install: --from-source builds one release",
                          "name its version, or the directory of its source", ExitCode::usage};
    const fs::path tree = (invocation.directory / words[0]).lexically_normal();
    std::error_code absent;
    const bool is_tree = words[0].find('/') != std::string::npos || words[0] == "." ||
                         (fs::is_directory(tree, absent) && !toolchain::GoVersion::parse(words[0]));
    if (is_tree) return order_for_tree(words[0], tree);
    download::Resolver resolver{settings};
    return {
        resolver.resolve(toolchain::VersionSpec::require(words[0]), download::Preference::newest),
        std::nullopt};
}

}  // namespace

ExitCode install_from_source(const Invocation& invocation, const download::Settings& settings,
                             const download::Wishes& wishes) {
    if (wishes.need_site())
        throw base::Error{"gov install: --full and --sha256 do not go with --from-source",
                          "leave one out", ExitCode::usage};
    const SourceOrder order = order_of(invocation, settings);
    return run_installations(invocation, settings.places, {order.version.name()},
                             [&](std::size_t, download::Listener& listener) {
                                 return download::build_and_install(
                                     settings, order, wishes, invocation.environment, listener);
                             });
}

}  // namespace gov::commands
