// SPDX-License-Identifier: Apache-2.0
#include "cross/shared_cache.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "cache/exchange.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// What gov cache helper needs of the user's environment, beyond what go is given anyway.
constexpr std::array<std::string_view, 9> passed_on{
    "XDG_CACHE_HOME",   "XDG_STATE_HOME", "XDG_DATA_HOME",        "GOV_HOME",   "GOV_OFFLINE",
    "GOV_CACHE_REMOTE", "GOV_CACHE_MODE", "GOV_CACHE_TOKEN_FILE", "GOV_TIMEOUT"};

// A word as go splits GOCACHEPROG (cmd/internal/quoted): quotes cannot be escaped in it.
std::optional<std::string> quoted(const std::string& word) {
    for (const char quote : {'\'', '"'})
        if (word.find(quote) == std::string::npos) return quote + word + quote;
    return std::nullopt;
}

}  // namespace

// As cmd/go finds the main module; of its go.mod only the one line counts here.
std::string module_of(const fs::path& directory) {
    constexpr std::size_t size_limit = std::size_t{1} << 20U;
    constexpr std::string_view keyword = "module ";
    fs::path at = directory;
    auto text = base::read_file(at / "go.mod", size_limit);
    for (; !text && at.has_relative_path(); text = base::read_file(at / "go.mod", size_limit))
        at = at.parent_path();
    if (!text) return {};
    std::string_view rest = *text;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!line.starts_with(keyword)) continue;
        line.remove_prefix(std::min(line.find_first_not_of(" \t\"`", keyword.size()), line.size()));
        return std::string{line.substr(0, line.find_first_of(" \t\"`"))};
    }
    return {};
}

SharedCache::SharedCache(cache::Settings settings, Here here)
    : settings_{std::move(settings)}, here_{std::move(here)} {}

bool SharedCache::is_asked_by_go() const {
    return here_.go_version >= toolchain::GoVersion::require("1.24");
}

std::map<std::string, std::string> SharedCache::variables() const {
    std::map<std::string, std::string> variables;
    if (!is_used()) return variables;
    variables["GOCACHE"] = settings_.local.native();
    if (!is_asked_by_go()) return variables;
    std::string command;
    std::vector<std::string> words{here_.program, "cache", "helper", "--report", report().native()};
    if (settings_.is_of_project)
        words.insert(words.end(), {"--project-remote", settings_.remote, "--project-mode",
                                   std::string{cache::name_of(settings_.mode)}});
    for (const std::string& word : words) {
        const auto spelled = quoted(word);
        if (!spelled) return variables;  // no way to say it: go builds with its own cache
        command += (command.empty() ? "" : " ") + *spelled;
    }
    variables["GOCACHEPROG"] = command;
    for (const std::string_view name : passed_on)
        if (const auto value = here_.environment.get(name))
            variables[std::string{name}] = std::string{*value};
    return variables;
}

// Also where go asks by itself: it asks for one result after the other, and each would wait for
// the network.
void SharedCache::begin(const std::vector<Step>& steps) {
    began_ = std::chrono::system_clock::now();
    if (!is_used()) return;
    for (const Step& step : steps) {
        cache::BuildKey key{here_.go_version.name(), step.target.platform.os,
                            step.target.platform.arch, here_.module};
        if (std::ranges::find(keys_, key) == keys_.end()) keys_.push_back(std::move(key));
    }
    note(cache::pull(settings_, keys_, cache::Patience::one_timeout, statistics_));
}

void SharedCache::end() {
    if (!is_used()) return;
    cache::Statistics found;  // by the go commands, who have kept it
    note(cache::read_reports(report(), found));
    const bool is_new = found.puts != 0 || found.remote_hits != 0;
    if (settings_.writes() && trouble_.empty() && (is_new || !is_asked_by_go()))
        note(cache::push(settings_, keys_, began_,
                         is_asked_by_go() ? cache::Sends::manifests : cache::Sends::results,
                         cache::Patience::one_timeout, statistics_));
    cache::keep(settings_.folder, statistics_, trouble_);
}

void SharedCache::note(std::string trouble) {
    if (trouble_.empty()) trouble_ = std::move(trouble);
}

}  // namespace gov::cross
