// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/interrupt.hpp"
#include "commands/all_commands.hpp"
#include "commands/installation.hpp"
#include "download/installer.hpp"
#include "store/workspace.hpp"

#include <algorithm>
#include <array>

#include <sys/stat.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using toolchain::GoVersion;

constexpr std::array options{Option{.name = "offline",
                                    .value = "",
                                    .help = "ask nothing over the network; as GOV_OFFLINE does"},
                             json_option};

// What to install: the versions named, or else what the directory asks for.
std::vector<GoVersion> wanted(const Invocation& invocation, const store::Places& places) {
    std::vector<GoVersion> versions;
    for (const std::string& word : invocation.arguments.words) {
        GoVersion version = GoVersion::require(word);
        if (std::ranges::find(versions, version) == versions.end())
            versions.push_back(std::move(version));
    }
    if (!versions.empty()) return versions;
    const auto selection = activation::select(invocation.directory, invocation.environment, places);
    if (!selection)
        throw base::Error{"no version was named, and nothing here pins one",
                          "name one: gov install 1.22.6", ExitCode::no_release};
    return {selection->version};
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const std::vector<GoVersion> versions = wanted(invocation, places);
    base::catch_interrupts();
    ::umask(022);  // a toolchain's modes are the release's, whatever the user's mask
    store::clean_up(places);
    download::Settings settings = download::Settings::of(invocation.environment, places);
    settings.offline = settings.offline || invocation.arguments.has("offline");
    std::vector<std::string> names;
    for (const GoVersion& version : versions) names.push_back(version.name());
    return run_installations(invocation, places, names,
                             [&](std::size_t i, download::Listener& listener) {
                                 return download::install(settings, versions[i], listener);
                             });
}

}  // namespace

constinit const Command install_command{
    .name = "install",
    .summary = "install releases of Go, proved by the checksum database",
    .words = "[VERSION]...",
    .most_words = any_number,
    .completes = WordKind::release,
    .options = options,
    .help =
        "Versions are written 1.22.6 or go1.22.6; without one, the release that this\n"
        "directory pins is installed. Prints the GOROOT of each. Sources are asked in\n"
        "the order of GOV_SOURCES (download,proxy): the download site or its mirror\n"
        "GOV_MIRROR, then the module proxies of GOPROXY.",
    .run = run,
};

}  // namespace gov::commands
