// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_request.hpp"

#include "activation/landmark.hpp"
#include "activation/selection.hpp"
#include "activation/use.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/build_environment.hpp"
#include "project/project_file.hpp"

#include <algorithm>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

// The nearest project's file with a table [cross] is not this user's to run before its owner said
// so.
void refuse_untrusted_table(const fs::path& directory) {
    for (const activation::Landmark& landmark : activation::landmarks_of(directory.native())) {
        if (!landmark.is_pin_file()) continue;
        const auto text = project::read_pin_file(landmark.path);
        if (!text) continue;
        const auto file = project::parse_project_file(landmark.path, *text);
        if (project::find_entry(file.document.root(), "cross") != nullptr)
            throw Error{base::format("{} has a table [cross], which is not trusted",
                                     base::printable(landmark.path)),
                        "look at it, then: gov allow", ExitCode::not_trusted};
        return;
    }
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (comma != 0) words.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return words;
}

cross::BuildSettings flags_of(const Arguments& arguments) {
    cross::BuildSettings flags;
    if (const auto package = arguments.value("package"))
        flags.packages = std::vector{std::string{*package}};
    if (const auto tags = arguments.value("tags")) flags.tags = words_of(*tags);
    if (const auto ldflags = arguments.value("ldflags"))
        flags.ldflags = std::vector{std::string{*ldflags}};
    for (const auto& [name, value] : arguments.options) {
        if (name != "set") continue;
        const auto equals = value.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Error{base::format("--set {}: not NAME=VALUE", base::printable(value)),
                        "as in --set main.commit={commit}", ExitCode::usage};
        flags.variables.insert_or_assign(value.substr(0, equals), value.substr(equals + 1));
    }
    return flags;
}

}  // namespace

CrossRequest cross_request(const Invocation& invocation) {
    refuse_untrusted_table(invocation.directory);
    const store::Places places = store::Places::of(invocation.environment);
    const auto selection =
        activation::require_selection(invocation.directory, invocation.environment, places);
    activation::note_use(selection, places);
    const fs::path& goroot = selection.require_toolchain().goroot;
    if (selection.version < toolchain::GoVersion::require("1.13"))
        throw Error{base::format("{} cannot trim paths and leaves no build information, "
                                 "so its programs cannot be proved",
                                 selection.version.name()),
                    "cross builds need Go 1.13 or later", ExitCode::usage};
    cross::BuildEnvironment environment = cross::build_environment(invocation.environment, goroot);
    CrossRequest request{.plan = {.goroot = goroot,
                                  .go_version = selection.version,
                                  .environment = std::move(environment.variables),
                                  .directory = invocation.directory,
                                  .flags = flags_of(invocation.arguments),
                                  .targets = invocation.arguments.words},
                         .dropped = std::move(environment.dropped)};
    if (const auto version = invocation.arguments.value("version"))
        request.plan.version = std::string{*version};
    return request;
}

}  // namespace gov::commands
