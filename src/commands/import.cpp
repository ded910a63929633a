// SPDX-License-Identifier: Apache-2.0
#include "activation/quoting.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "download/adopt.hpp"
#include "project/pin_file.hpp"
#include "project/toml.hpp"
#include "project/version_file.hpp"
#include "store/installed.hpp"

#include <array>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::ExitCode;
using base::Json;
using toolchain::VersionSpec;

constexpr std::array options{json_option};
constexpr std::size_t size_limit = std::size_t{64} * 1024;

// A command that takes something over from another manager, and where that was found.
struct Suggestion {
    std::string_view manager;
    std::string_view command;  // "default", "use" or "adopt"
    std::string version;
    fs::path from;
};

class Finder {
public:
    explicit Finder(const Invocation& invocation)
        : invocation_{invocation},
          home_{invocation.environment.non_empty("HOME").value_or("/")},
          config_{invocation.environment.non_empty("XDG_CONFIG_HOME")
                      .value_or((home_ / ".config").native())} {}

    std::vector<Suggestion> find() {
        look("gvm", "default", home_ / ".gvm/environments/default", gvm_version);
        look("goenv", "default", root("GOENV_ROOT", ".goenv") / "version", file_version);
        look("asdf", "default", home_ / ".tool-versions", tool_version);
        look("mise", "default", config_ / "mise/config.toml", mise_version);
        for (const std::string_view name : {"mise.toml", ".mise.toml"})
            look("mise", "use", invocation_.directory / name, mise_version);
        if (invocation_.directory != home_) {
            look("goenv", "use", invocation_.directory / ".go-version", file_version);
            look("asdf", "use", invocation_.directory / ".tool-versions", tool_version);
        }
        return std::move(found_);
    }

private:
    using Reader = std::string (*)(const fs::path& path, std::string_view text);

    fs::path root(std::string_view variable, std::string_view fallback) const {
        return fs::path{
            invocation_.environment.non_empty(variable).value_or((home_ / fallback).native())};
    }

    // What `read` makes of the file; nothing where there is none or it names no version.
    void look(std::string_view manager, std::string_view command, const fs::path& path,
              Reader read) {
        try {
            const auto text = base::read_file(path, size_limit);
            if (!text) return;
            if (std::string version = read(path, *text); !version.empty())
                found_.push_back({manager, command, std::move(version), path});
        } catch (const base::Error& error) {
            invocation_.output.note(
                base::format("{}'s file is passed over: {}", manager, base::full_message(error)));
        }
    }

    static std::string first_of(const std::optional<project::Pin>& pin) {
        return pin ? pin->specs[0].text() : std::string{};
    }

    static std::string file_version(const fs::path& path, std::string_view text) {
        return first_of(project::parse_version_file(path, text));
    }

    static std::string tool_version(const fs::path& path, std::string_view text) {
        return first_of(project::parse_tool_versions(path, text));
    }

    // gvm_go_name="go1.21" in a shell script that gvm writes.
    static std::string gvm_version(const fs::path& path, std::string_view text) {
        constexpr std::string_view name = "gvm_go_name=\"";
        const auto at = text.find(name);
        if (at == std::string_view::npos) return {};
        const auto rest = text.substr(at + name.size());
        return checked(path, rest.substr(0, rest.find('"')));
    }

    // go = "1.22" below [tools]; a list names the preferred one first.
    static std::string mise_version(const fs::path& path, std::string_view text) {
        const project::TomlFile file{path, text, "[tools]\ngo = \"1.22\""};
        const project::TomlValue* value = member(file.root(), "tools");
        const auto* tools = value ? value->as<project::TomlValue::Table>() : nullptr;
        value = tools ? member(*tools, "go") : nullptr;
        if (value == nullptr) return {};
        if (const auto* list = value->as<project::TomlValue::Array>())
            value = list->empty() ? nullptr : &list->front();
        else if (const auto* table = value->as<project::TomlValue::Table>())
            value = member(*table, "version");
        const auto* version = value ? value->as<std::string>() : nullptr;
        if (version == nullptr) return {};
        constexpr std::string_view prefix = "prefix:";
        return checked(path, version->starts_with(prefix)
                                 ? std::string_view{*version}.substr(prefix.size())
                                 : std::string_view{*version});
    }

    static const project::TomlValue* member(const project::TomlValue::Table& table,
                                            std::string_view key) {
        for (const project::TomlEntry& entry : table)
            if (entry.key == key) return &entry.value;
        return nullptr;
    }

    static std::string checked(const fs::path& path, std::string_view version) {
        return base::while_doing(base::format("reading {}", base::printable(path.native())),
                                 [&] { return VersionSpec::require(version).text(); });
    }

    const Invocation& invocation_;
    fs::path home_;
    fs::path config_;
    std::vector<Suggestion> found_;
};

ExitCode run(const Invocation& invocation) {
    const auto places = store::Places::of(invocation.environment);
    std::vector<Suggestion> suggestions;
    for (const auto& candidate : download::find_candidates(invocation.environment))
        if (!store::find_installed(places, candidate.version))
            suggestions.push_back({"found", "adopt", candidate.version.number(), candidate.goroot});
    for (Suggestion& suggestion : Finder{invocation}.find())
        suggestions.push_back(std::move(suggestion));
    if (suggestions.empty()) invocation.output.note("no other version manager has anything here");
    Json::Array list;
    std::string text;
    for (const Suggestion& suggestion : suggestions) {
        list.emplace_back(Json::Object{{"command", suggestion.command},
                                       {"version", suggestion.version},
                                       {"manager", suggestion.manager},
                                       {"from", suggestion.from.native()}});
        text += base::format("gov {} {}  # {}: {}\n", suggestion.command,
                             activation::posix_quoted(suggestion.version), suggestion.manager,
                             base::printable(suggestion.from.native()));
    }
    invocation.output.result(invocation.arguments.has("json") ? Json{std::move(list)}.write()
                                                              : text);
    return ExitCode::done;
}

}  // namespace

constinit const Command import_command{
    .name = "import",
    .topic = Topic::shells,
    .summary = "say how to take over what other version managers pin and have",
    .options = options,
    .help =
        "Reads the files of gvm, goenv, asdf and mise, for this user and this directory,\n"
        "and prints the gov commands that do the same; gov import | sh runs them.",
    .run = run,
};

}  // namespace gov::commands
