// SPDX-License-Identifier: Apache-2.0
#include "activation/choice.hpp"

#include "activation/go_switch.hpp"
#include "activation/module_file.hpp"
#include "activation/plan.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "project/go_env.hpp"
#include "project/version_file.hpp"
#include "store/installed.hpp"

namespace gov::activation {

namespace fs = std::filesystem;
using base::Environment;
using base::Error;
using base::ExitCode;
using Kind = Landmark::Kind;
using toolchain::GoVersion;
using toolchain::VersionSpec;

namespace {

std::optional<project::Pin> read_pin(Sight& sight, const Landmark& landmark) {
    if (landmark.is_pin_file()) {
        const Sight::ProjectFile* read = sight.project_file(landmark.path);
        return read != nullptr ? read->file.pin : std::nullopt;
    }
    const auto text = project::read_pin_file(landmark.path);
    if (!text) return std::nullopt;
    if (landmark.kind == Kind::tool_versions)
        return project::parse_tool_versions(landmark.path, *text);
    return project::parse_version_file(landmark.path, *text);
}

// The release that a default stands for here; nullopt where nothing installed matches.
std::optional<GoVersion> version_of(const std::optional<Choice>& choice,
                                    const store::Places& places) {
    if (!choice) return std::nullopt;
    for (const VersionSpec& spec : choice->specs)
        if (auto toolchain = store::find_installed(places, spec))
            return std::move(toolchain->version);
    return choice->specs[0].exact();
}

class Chooser {
public:
    Chooser(Sight& sight, const Environment& environment, const store::Places& places,
            Dependencies& dependencies)
        : sight_{sight}, environment_{environment}, places_{places}, dependencies_{dependencies} {}

    std::optional<Choice> run() {
        if (const auto session = environment_.non_empty("GOV_VERSION")) {
            auto spec = base::while_doing("reading GOV_VERSION",
                                          [&] { return VersionSpec::require(*session); });
            return Choice{{std::move(spec)}, Origin::session, {}, 0};
        }
        dependencies_.watch(places_.config / project::config_file_name);
        pins_ = project::read_config(places_.config).pins;
        if (auto pin = nearest_pin(false)) return pin;
        // Rules 3 and 4: go.work or go.mod may raise the default.
        auto default_choice = fallback();
        if (pins_.go_mod && has_module_landmark())
            if (auto choice = module_choice(default_choice)) return choice;
        return default_choice;
    }

private:
    // The nearest pin below the home directory, or else among the defaults in it and above.
    std::optional<Choice> nearest_pin(bool is_default) const {
        for (const Landmark& landmark : sight_.landmarks())
            if (is_default_place(landmark, environment_) == is_default)
                if (auto choice = pin_at(sight_, landmark, pins_)) return choice;
        return std::nullopt;
    }

    std::optional<Choice> fallback() {
        if (auto choice = nearest_pin(true)) return choice;
        dependencies_.watch(places_.default_file());
        if (auto spec = store::default_spec(places_))
            return Choice{{std::move(*spec)}, Origin::fallback, places_.default_file(), 0};
        return std::nullopt;
    }

    bool has_module_landmark() const {
        for (const Landmark& landmark : sight_.landmarks())
            if (landmark.kind == Kind::go_work || landmark.kind == Kind::go_mod) return true;
        return environment_.non_empty("GOWORK").has_value();
    }

    // What go.work, go.mod or GOTOOLCHAIN want instead of `fallback`; nullopt: nothing.
    std::optional<Choice> module_choice(const std::optional<Choice>& fallback) {
        const UserEnvironment user{environment_};
        if (const fs::path file = project::user_env_file(user.get()); !file.empty())
            dependencies_.watch(file);
        const project::GoEnv go_env{user.get(), {}};
        const ModuleSearch search =
            find_module_file(sight_.landmarks(), user.get(), go_env, dependencies_);
        if (!search.file) return std::nullopt;
        const auto setting = GoToolchainSetting::parse(go_env.get("GOTOOLCHAIN"));
        return raised(*search.file, setting, version_of(fallback, places_));
    }

    static std::optional<Choice> raised(const ModuleFile& file, const GoToolchainSetting& setting,
                                        const std::optional<GoVersion>& fallback);

    Sight& sight_;
    const Environment& environment_;
    const store::Places& places_;
    Dependencies& dependencies_;
    project::Config::Pins pins_;
};

// The choice of the `go` line, which says `floor`.
Choice floor_choice(const ModuleFile& file, const GoVersion& floor) {
    return {{VersionSpec::from(floor), VersionSpec::at_least(floor)},
            Origin::module,
            file.path,
            file.lines.go_line,
            floor};
}

[[noreturn]] void refuse_toolchain(const ModuleFile& file, const std::string& hint) {
    throw Error{base::format("{}:{}: the toolchain \"{}\" is no published release",
                             base::printable(file.path.native()), file.lines.toolchain_line,
                             base::printable(std::string_view{file.lines.toolchain}.substr(0, 64))),
                hint, ExitCode::usage};
}

// Whether the toolchain `name` of `version` was published: without a suffix of somebody's own, and
// none of those names that stand for a language version.
bool is_published(std::string_view name, const GoVersion& version) {
    return GoVersion::parse(name).has_value() && !version.is_language_only();
}

// The choice of the `toolchain` line; nullopt where what is `kept` serves in its place.
std::optional<Choice> named_choice(const ModuleFile& file, const GoVersion& named,
                                   const std::optional<GoVersion>& kept) {
    if (is_published(file.lines.toolchain, named))
        return Choice{
            {VersionSpec::exactly(named)}, Origin::module, file.path, file.lines.toolchain_line};
    if (!kept || *kept < named)
        refuse_toolchain(file,
                         base::format("pin what serves here, as in: gov use {}", named.language()));
    return std::nullopt;
}

// GOTOOLCHAIN=local keeps go from switching by itself; gov is what its user asked to switch.
std::optional<Choice> Chooser::raised(const ModuleFile& file, const GoToolchainSetting& setting,
                                      const std::optional<GoVersion>& fallback) {
    const project::GoLines& lines = file.lines;
    const bool is_named =
        setting.failure.empty() && setting.version && is_published(setting.name, *setting.version);
    const auto& kept = is_named ? setting.version : fallback;
    const auto keep = [&]() -> std::optional<Choice> {
        if (!is_named) return std::nullopt;
        return Choice{{VersionSpec::exactly(*setting.version)}, Origin::module};
    };
    if (is_named && setting.mode == GoToolchainSetting::Mode::stay) return keep();
    if (lines.toolchain == "default") return keep();
    const auto named = GoVersion::of_toolchain(lines.toolchain);
    if (!named && !lines.toolchain.empty())
        refuse_toolchain(file, "toolchains are named like go1.22.6");
    if (named && (!lines.go || *lines.go <= *named)) {
        auto choice = named_choice(file, *named, kept);
        return choice ? std::move(choice) : keep();
    }
    if (lines.go && (!kept || *lines.go > *kept)) return floor_choice(file, *lines.go);
    return keep();
}

}  // namespace

Choice Choice::of_command_line(std::string_view word) {
    return {{VersionSpec::require(word)}, Origin::command_line};
}

std::string Choice::reason() const {
    switch (origin) {
        case Origin::command_line:
            return {};
        case Origin::session:
            return "GOV_VERSION";
        case Origin::pin:
            return base::format("{}:{}", base::printable(file.native()), line);
        case Origin::module:
            return file.empty() ? std::string{"GOTOOLCHAIN"}
                                : base::format("{}:{}", base::printable(file.native()), line);
        case Origin::fallback:
            return "gov default";
    }
    return {};
}

std::string Choice::wanted() const {
    if (floor) return base::format("Go {} or newer", floor->number());
    const auto exact = specs[0].exact();
    return exact ? exact->name() : specs[0].text();
}

std::optional<Choice> choose(Sight& sight, const Environment& environment,
                             const store::Places& places, Dependencies& dependencies) {
    return Chooser{sight, environment, places, dependencies}.run();
}

std::optional<Choice> pin_at(Sight& sight, const Landmark& landmark,
                             const project::Config::Pins& pins) {
    const bool counts = landmark.kind == Kind::pin_file ||
                        (landmark.kind == Kind::version_file && pins.go_version) ||
                        (landmark.kind == Kind::tool_versions && pins.tool_versions);
    auto pin = counts ? read_pin(sight, landmark) : std::nullopt;
    if (!pin) return std::nullopt;
    return Choice{std::move(pin->specs), Origin::pin, std::move(pin->file), pin->line};
}

bool is_default_place(const Landmark& landmark, const Environment& environment) {
    std::string_view home = environment.non_empty("HOME").value_or("");
    while (home.ends_with('/')) home.remove_suffix(1);
    const std::string_view directory = landmark.directory();
    return home.starts_with(directory) &&
           (home.size() == directory.size() || home[directory.size()] == '/');
}

}  // namespace gov::activation
