// SPDX-License-Identifier: Apache-2.0
#include "activation/explanation.hpp"

#include "activation/goal.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/config.hpp"
#include "store/installed.hpp"

#include <algorithm>

namespace gov::activation {

namespace fs = std::filesystem;
using base::Environment;
using Kind = Landmark::Kind;
using Mode = GoToolchainSetting::Mode;
using Source = Statement::Source;
using toolchain::GoVersion;

namespace {

bool is_pin_kind(Kind kind) {
    return kind == Kind::pin_file || kind == Kind::version_file || kind == Kind::tool_versions;
}

bool is_switched_off(Kind kind, const project::Config::Pins& pins) {
    return (kind == Kind::version_file && !pins.go_version) ||
           (kind == Kind::tool_versions && !pins.tool_versions);
}

std::string asked_for(const Choice& choice) {
    const auto& spec = choice.specs[0];
    if (spec.exact()) return base::format("asks for {}", choice.wanted());
    return base::format("asks for {}: {}", spec.text(), spec.meaning());
}

Statement statement_of(Sight& sight, const Landmark& landmark, Source source,
                       const project::Config::Pins& pins) {
    Statement statement{.source = source, .file = landmark.path};
    if (is_switched_off(landmark.kind, pins)) {
        statement.says = "switched off in your config.toml";
        return statement;
    }
    try {
        const auto choice = pin_at(sight, landmark, pins);
        statement.says = choice ? asked_for(*choice) : std::string{"says nothing of Go"};
        if (choice) statement.line = choice->line;
    } catch (const base::Error& error) {
        statement.says = base::format("cannot be understood: {}", in_one_line(error));
    }
    return statement;
}

void add_lines(std::vector<Statement>& statements, const ModuleFile& file) {
    const project::GoLines& lines = file.lines;
    Statement statement{.source = Source::module, .file = file.path};
    if (lines.go_line != 0) {
        statement.line = lines.go_line;
        statement.says =
            base::format("go {}: the oldest Go that will do", base::printable(lines.go_text));
        statements.push_back(statement);
    }
    if (lines.toolchain_line != 0) {
        statement.line = lines.toolchain_line;
        statement.says = lines.toolchain == "default"
                             ? std::string{"toolchain default: whatever Go is the default here"}
                             : base::format("toolchain {}: the release to use",
                                            base::printable(lines.toolchain));
        statements.push_back(statement);
    }
    if (statement.line == 0) {
        statement.says = "says nothing of a version";
        statements.push_back(statement);
    }
}

// The go that runs where gov chooses nothing: the default's, else the one on PATH.
void find_local(PlainGo& plain, const Environment& user, const store::Places& places) {
    try {
        const auto version = store::default_version(places);
        if (const auto found = version ? store::find_installed(places, *version) : std::nullopt)
            plain.local_goroot = found->goroot;
        plain.local = version;
    } catch (const base::Error&) {  // a damaged default: its statement says so
        plain.local.reset();
    }
    if (plain.local) return;
    plain.local_goroot = project::goroot_on_path(user);
    if (!plain.local_goroot.empty()) plain.local = project::version_of_goroot(plain.local_goroot);
}

PlainGo plain_go(std::span<const Landmark> landmarks, const Environment& environment,
                 const store::Places& places) {
    const UserEnvironment user{environment};
    PlainGo plain;
    find_local(plain, user.get(), places);
    const project::GoEnv go_env{user.get(), plain.local_goroot.empty()
                                                ? std::vector<fs::path>{}
                                                : std::vector<fs::path>{plain.local_goroot}};
    Dependencies dependencies;
    ModuleSearch search = find_module_file(landmarks, user.get(), go_env, dependencies);
    plain.file = std::move(search.file);
    plain.setting = go_env.get("GOTOOLCHAIN");
    plain.result = switch_of(plain.local, GoToolchainSetting::parse(plain.setting),
                             plain.file ? plain.file->lines : project::GoLines{});
    if (plain.result.failure.empty()) plain.result.failure = search.failure;
    return plain;
}

void add_default(std::vector<Statement>& statements, const store::Places& places) {
    Statement statement{.source = Source::fallback, .file = places.default_file()};
    try {
        const auto spec = store::default_spec(places);
        if (spec) statement.says = base::format("is {}", spec->text());
    } catch (const base::Error& error) {
        statement.says = in_one_line(error);
    }
    if (!statement.says.empty()) statements.push_back(statement);
}

void mark_decision(std::vector<Statement>& statements, const Choice& choice) {
    for (Statement& statement : statements)
        statement.decides =
            statement.file == choice.file && (choice.line == 0 || statement.line == choice.line) &&
            (choice.origin == Origin::session) == (statement.source == Source::session);
}

std::string place_of(const ModuleFile& file, std::size_t line) {
    return base::format("{}:{}", base::printable(file.path.native()), line);
}

}  // namespace

Explanation explain(Sight& sight, const Environment& environment, const store::Places& places) {
    Explanation result;
    if (const auto session = environment.non_empty("GOV_VERSION"))
        result.statements.push_back(
            {.source = Source::session, .says = base::format("is {}", base::printable(*session))});
    project::Config::Pins pins;
    try {
        pins = project::read_config(places.config).pins;
    } catch (const base::Error&) {  // choosing meets it as well, and says it
        pins = {};
    }
    const auto add_pins = [&](Source source) {
        for (const Landmark& landmark : sight.landmarks())
            if (is_pin_kind(landmark.kind) &&
                is_default_place(landmark, environment) == (source == Source::home_pin))
                result.statements.push_back(statement_of(sight, landmark, source, pins));
    };
    add_pins(Source::pin);
    result.plain = plain_go(sight.landmarks(), environment, places);
    if (result.plain.file && pins.go_mod) add_lines(result.statements, *result.plain.file);
    if (result.plain.file && !pins.go_mod)
        result.statements.push_back({.source = Source::module,
                                     .file = result.plain.file->path,
                                     .says = "switched off in your config.toml"});
    add_pins(Source::home_pin);
    add_default(result.statements, places);
    try {
        Dependencies dependencies;
        if (const auto choice = choose(sight, environment, places, dependencies))
            mark_decision(result.statements, *choice);
        result.selection = select(sight, environment, places);
    } catch (const base::Error& error) {
        result.problem = in_one_line(error);
    }
    return result;
}

std::string describe(const PlainGo& plain) {
    if (!plain.local) return "there is no go on PATH and no default: nothing would run";
    const GoSwitch& result = plain.result;
    const std::string local = plain.local->name();
    if (!result.failure.empty()) return base::format("{} would stop: {}", local, result.failure);
    const auto setting = GoToolchainSetting::parse(plain.setting);
    const std::string by_setting = base::format("GOTOOLCHAIN={}", base::printable(plain.setting));
    const std::string how =
        setting.mode == Mode::path
            ? base::format("look on PATH for a program {} and run it", result.toolchain)
            : base::format("run {}, downloaded if need be", result.toolchain);
    const bool too_old = plain.file && plain.file->lines.go && result.version &&
                         *plain.file->lines.go > *result.version;
    const std::string then = too_old
                                 ? base::format(", and then fail: {} wants Go {} or newer",
                                                place_of(*plain.file, plain.file->lines.go_line),
                                                base::printable(plain.file->lines.go_text))
                                 : std::string{};
    const auto place = [&](std::size_t project::GoLines::* line) {
        return plain.file ? place_of(*plain.file, plain.file->lines.*line) : std::string{};
    };
    switch (result.toolchain.empty() ? GoReason::local : result.reason) {
        case GoReason::toolchain_line:
            return base::format("{} would {}: {} names it and it is newer", local, how,
                                place(&project::GoLines::toolchain_line));
        case GoReason::go_line:
            return base::format("{} would {}: {} wants no older Go", local, how,
                                place(&project::GoLines::go_line));
        case GoReason::setting:
        case GoReason::toolchain_default:
            return base::format("{} would {}: {}{}", local, how, by_setting, then);
        case GoReason::local:
            break;
    }
    if (setting.mode == Mode::stay)
        return base::format("{} would do the work itself, since {} keeps it from switching{}",
                            local, by_setting, then);
    if (!plain.file) return base::format("{} would do the work: no go.mod is in sight", local);
    return base::format("{} would do the work itself: {}{}", local,
                        result.reason == GoReason::toolchain_default
                            ? "its file says toolchain default"
                            : "it is as new as its file asks for",
                        then);
}

}  // namespace gov::activation
