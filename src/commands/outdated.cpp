// SPDX-License-Identifier: Apache-2.0
#include "activation/goal.hpp"
#include "activation/locked_choice.hpp"
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/known_projects.hpp"
#include "download/resolve.hpp"
#include "toolchain/support.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace gov::commands {

namespace {

using activation::Selection;
using base::ExitCode;
using base::Json;
using toolchain::GoVersion;
using toolchain::VersionSpec;

constexpr std::array options{
    Option{.name = "offline", .value = "", .help = "by the index that was kept earlier"},
    json_option};

// A file that asks for a release, and the newest that `gov upgrade` makes of that.
struct Pin {
    Selection selection;
    GoVersion newest;
};

// A release that is installed or asked for.
struct Row {
    GoVersion version;
    bool is_installed = false;
    GoVersion newest;  // of its line
    bool is_supported = false;
    std::vector<Pin> pins = {};

    bool has_newer_pin() const {
        return std::ranges::any_of(pins, [&](const Pin& pin) { return pin.newest > version; });
    }
    bool is_outdated() const { return newest > version || has_newer_pin(); }
};

class Report {
public:
    explicit Report(const std::vector<GoVersion>& known)
        : known_{known}, newest_line_{toolchain::newest_line(known)} {}

    void add_installed(const GoVersion& version) { row(version).is_installed = true; }

    void add_pin(Selection selection) {
        Row& row = this->row(selection.version);
        const VersionSpec& spec = selection.specs[0];
        const auto newest = spec.exact() ? row.newest : spec.choose(known_).value_or(row.newest);
        if (std::ranges::none_of(
                row.pins, [&](const Pin& pin) { return pin.selection.file == selection.file; }))
            row.pins.push_back({std::move(selection), std::max(newest, row.version)});
    }

    std::vector<Row> rows() && {
        std::vector<Row> rows;
        for (auto& [version, row] : rows_) rows.push_back(std::move(row));
        return rows;
    }

private:
    Row& row(const GoVersion& version) {
        const auto found = rows_.find(version);
        if (found != rows_.end()) return found->second;
        const auto newest = VersionSpec::from(version).choose(known_).value_or(version);
        const bool is_supported = !newest_line_ || toolchain::is_supported(version, *newest_line_);
        return rows_.emplace(version, Row{version, false, newest, is_supported}).first->second;
    }

    const std::vector<GoVersion>& known_;
    std::optional<GoVersion> newest_line_;
    std::map<GoVersion, Row> rows_;
};

// What the project of this directory asks for; nullopt where none does. What is wrong with it is
// said: a report is still a report.
std::optional<Selection> pin_here(const Invocation& invocation, const store::Places& places) {
    base::Environment environment = invocation.environment;
    environment.unset("GOV_VERSION");
    try {
        auto selection = activation::select(invocation.directory, environment, places);
        if (selection && !activation::lock_path(*selection).empty() && !selection->floor)
            return selection;
    } catch (const base::Error& error) {
        invocation.output.note(activation::in_one_line(error));
    }
    return std::nullopt;
}

// A lock fixes a range to one release: what is asked for is still the range.
Selection unlocked(Selection selection) {
    activation::Sight sight{selection.file.parent_path().native()};
    for (const activation::Landmark& landmark : sight.landmarks())
        if (landmark.path == selection.file)
            if (auto choice = activation::pin_at(sight, landmark, {}))
                selection.specs = std::move(choice->specs);
    return selection;
}

Json to_json(const Row& row) {
    Json::Array pins;
    for (const Pin& pin : row.pins)
        pins.push_back(Json::Object{{"file", pin.selection.file.native()},
                                    {"line", static_cast<std::int64_t>(pin.selection.line)},
                                    {"asks_for", pin.selection.wanted()},
                                    {"newest", pin.newest.name()}});
    return Json::Object{{"version", row.version.name()},
                        {"installed", row.is_installed},
                        {"newest", row.newest.name()},
                        {"outdated", row.is_outdated()},
                        {"supported", row.is_supported},
                        {"support_ends_with", toolchain::end_of_support(row.version).number()},
                        {"pins", std::move(pins)}};
}

std::string text_of(const Row& row) {
    const std::string end = toolchain::end_of_support(row.version).number();
    std::string text = base::format(
        "{:<10} {}{}\n", row.version.name(),
        row.newest > row.version ? base::format("{} is newer; ", row.newest.name()) : "",
        row.is_supported
            ? base::format("Go {} is supported until Go {}", row.version.language(), end)
            : base::format("Go {} gets no fixes since Go {}", row.version.language(), end));
    for (const Pin& pin : row.pins)
        text += base::format("  {} asks for {}{}\n", pin.selection.reason(), pin.selection.wanted(),
                             pin.newest > row.version && pin.newest != row.newest
                                 ? base::format(", which {} is as well", pin.newest.name())
                                 : "");
    return text;
}

std::string text_of(const std::vector<Row>& rows, base::Output& output) {
    std::string text;
    bool has_newer_pin = false;
    bool has_old_pin = false;
    for (const Row& row : rows) {
        if (!row.is_outdated() && row.is_supported) continue;
        text += text_of(row);
        has_newer_pin = has_newer_pin || row.has_newer_pin();
        has_old_pin = has_old_pin || (!row.is_supported && !row.pins.empty());
    }
    if (text.empty()) output.note("each release is the newest of its line, and supported");
    if (has_newer_pin) output.note("in a project, gov upgrade moves its pin on in its line");
    if (has_old_pin) output.note("in a project, gov upgrade --major goes on to the newest line");
    return text;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    download::Settings settings = download::Settings::of(invocation.environment, places);
    settings.offline = settings.offline || invocation.arguments.has("offline");
    download::Resolver resolver{settings};
    Report report{resolver.known()};
    for (const store::Toolchain& toolchain : store::installed(places))
        report.add_installed(toolchain.version);
    if (auto selection = pin_here(invocation, places))
        report.add_pin(unlocked(std::move(*selection)));
    const KnownProjects projects{invocation.environment, places};
    for (const Selection& selection : projects.selections()) report.add_pin(unlocked(selection));
    const std::vector<Row> rows = std::move(report).rows();
    if (!invocation.arguments.has("json")) {
        invocation.output.result(text_of(rows, invocation.output));
        return ExitCode::done;
    }
    Json::Array list;
    for (const Row& row : rows) list.push_back(to_json(row));
    invocation.output.result(Json{std::move(list)}.write());
    return ExitCode::done;
}

}  // namespace

constinit const Command outdated_command{
    .name = "outdated",
    .topic = Topic::toolchains,
    .summary = "list pinned and installed releases that newer ones replace",
    .options = options,
    .help =
        "Of this directory, of the projects in which gov was used, and of what is\n"
        "installed: the newest release of the same line, and whether the line still gets\n"
        "fixes. Go gives them until two later lines are out.",
    .run = run,
};

}  // namespace gov::commands
