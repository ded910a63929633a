// SPDX-License-Identifier: Apache-2.0
#include "activation/locked_choice.hpp"
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/from_source.hpp"
#include "commands/installation.hpp"
#include "download/installer.hpp"
#include "download/resolve.hpp"
#include "store/workspace.hpp"

#include <algorithm>
#include <array>

#include <sys/stat.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using toolchain::GoVersion;
using toolchain::VersionSpec;

constexpr std::array options{
    Option{.name = "full",
           .value = "",
           .help = "with api, doc, misc and test, which the log does not cover"},
    Option{.name = "editable", .value = "", .help = "share no file with other toolchains"},
    Option{.name = "sha256",
           .value = "HEX",
           .help = "the download site's archive must have this SHA-256"},
    Option{.name = "insecure", .value = "", .help = "whether or not anything proves the release"},
    Option{.name = "from-source",
           .value = "",
           .help = "build the release, or the source in a directory, here"},
    Option{.name = "latest",
           .value = "",
           .help = "of a range the newest there is, not the newest here"},
    Option{.name = "locked",
           .value = "",
           .help = "refuse to go on without the lock of this directory"},
    Option{.name = "offline",
           .value = "",
           .help = "ask nothing over the network; as GOV_OFFLINE does"},
    json_option};

std::string require_sha256(std::string_view text) {
    std::string hex{text};
    for (char& c : hex)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw base::Error{base::format("--sha256: \"{}\" is no SHA-256", base::printable(text)),
                          "it has 64 hexadecimal digits", ExitCode::usage};
    return hex;
}

download::Wishes wishes_of(const Arguments& arguments, std::size_t releases) {
    download::Wishes wishes{.full = arguments.has("full"),
                            .editable = arguments.has("editable"),
                            .insecure = arguments.has("insecure"),
                            .sha256 = {}};
    if (const auto text = arguments.value("sha256")) wishes.sha256 = require_sha256(*text);
    if (!wishes.sha256.empty() && releases != 1)
        throw base::Error{"gov install: --sha256 is about one release", "name one release",
                          ExitCode::usage};
    return wishes;
}

// What to install.
struct Wanted {
    std::vector<VersionSpec> specs;
    std::optional<download::Locked> locked;
};

// What the lock of `choice` says for this platform; nullopt where there is none. Throws Error where
// --locked asks for one.
std::optional<download::Locked> locked_for(const activation::Choice& choice, bool must_be) {
    const auto lock = activation::lock_of(choice);
    const auto* hashes = lock ? lock->find(toolchain::Platform::host()) : nullptr;
    if (must_be && (hashes == nullptr || (hashes->h1.empty() && hashes->sha256.empty())))
        throw base::Error{
            base::format("no lock fixes the hashes of {} ({}) for {}", choice.wanted(),
                         choice.reason(), toolchain::Platform::host().str()),
            "write one: gov lock", ExitCode::usage};
    if (!lock) return std::nullopt;
    return download::Locked{lock->release, hashes == nullptr ? "" : hashes->sha256,
                            hashes == nullptr ? "" : hashes->h1,
                            activation::lock_path(choice).native()};
}

// What is named, or else what the directory asks for.
Wanted wanted(const Invocation& invocation, const store::Places& places) {
    Wanted result;
    const bool must_be_locked = invocation.arguments.has("locked");
    for (const std::string& word : invocation.arguments.words)
        result.specs.push_back(VersionSpec::require(word));
    if (!result.specs.empty() && must_be_locked)
        throw base::Error{"gov install: --locked goes by the lock of this directory",
                          "leave the version out: gov install --locked", ExitCode::usage};
    if (!result.specs.empty()) return result;
    activation::Dependencies dependencies;
    activation::Sight sight{invocation.directory.native()};
    auto choice = activation::choose(sight, invocation.environment, places, dependencies);
    if (!choice)
        throw base::Error{"no version was named, and nothing here pins one",
                          "name one: gov install 1.22.6", ExitCode::no_release};
    result.locked = locked_for(*choice, must_be_locked);
    if (choice->floor) choice->specs.resize(1);  // the others are what may do instead
    result.specs = result.locked ? std::vector{VersionSpec::exactly(result.locked->version)}
                                 : std::move(choice->specs);
    return result;
}

// The releases that `specs` stand for, each once.
std::vector<GoVersion> releases_of(const std::vector<VersionSpec>& specs,
                                   const download::Settings& settings,
                                   download::Preference preference) {
    download::Resolver resolver{settings};
    std::vector<GoVersion> versions;
    for (const VersionSpec& spec : specs) {
        GoVersion version = resolver.resolve(spec, preference);
        if (std::ranges::find(versions, version) == versions.end())
            versions.push_back(std::move(version));
    }
    return versions;
}

// Installs `version`; that there is no such release is told with the nearest one.
download::Installed install_one(const download::Settings& settings, const GoVersion& version,
                                const download::Wishes& wishes, download::Listener& listener) {
    try {
        return download::install(settings, version, wishes, listener);
    } catch (const base::Error& error) {
        const ExitCode code = base::exit_code_of(error);
        const std::string nearest =
            code == ExitCode::no_release ? download::Resolver{settings}.nearest_to(version) : "";
        if (nearest.empty()) throw;
        throw base::Error{base::full_message(error), nearest, code};
    }
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    base::catch_interrupts();
    ::umask(022);  // a toolchain's modes are the release's, whatever the user's mask
    store::clean_up(places);
    download::Settings settings = download::Settings::of(invocation.environment, places);
    settings.offline = settings.offline || invocation.arguments.has("offline");
    if (invocation.arguments.has("from-source"))
        return install_from_source(invocation, settings, wishes_of(invocation.arguments, 1));
    const auto [specs, locked] = wanted(invocation, places);
    const download::Wishes wishes = wishes_of(invocation.arguments, specs.size());
    settings.locked = locked;
    const std::vector<GoVersion> versions =
        releases_of(specs, settings,
                    invocation.arguments.has("latest") ? download::Preference::newest
                                                       : download::Preference::installed);
    std::vector<std::string> names;
    for (const GoVersion& version : versions) names.push_back(version.name());
    return run_installations(invocation, places, names,
                             [&](std::size_t i, download::Listener& listener) {
                                 return install_one(settings, versions[i], wishes, listener);
                             });
}

}  // namespace

constinit const Command install_command{
    .name = "install",
    .topic = Topic::toolchains,
    .summary = "install releases of Go, proved by the checksum database",
    .words = "[VERSION|DIRECTORY]...",
    .most_words = any_number,
    .completes = WordKind::release,
    .options = options,
    .help =
        "A version is 1.22.6, a line or range (1.22, ^1.22, \">=1.21 <1.24\"), or stable,\n"
        "oldstable or rc; without one, what this directory pins is installed. Prints the\n"
        "GOROOT of each. A range that an installed release is in is that release, unless\n"
        "--latest is given. Sources are asked in\n"
        "the order of GOV_SOURCES (download,proxy): the download site or its mirror\n"
        "GOV_MIRROR, then the module proxies of GOPROXY.",
    .run = run,
};

}  // namespace gov::commands
