// SPDX-License-Identifier: Apache-2.0
#pragma once
// CrossTable: the table [cross] of a project's file: what to build, and how.

#include "cache/project_wish.hpp"
#include "cross/artifact/policy_rules.hpp"
#include "cross/cgo/c_settings.hpp"
#include "cross/hooks.hpp"
#include "project/toml.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gov::cross {

// How one program is built; nullopt: as where it is not said otherwise.
struct BuildSettings {
    std::optional<std::vector<std::string>> targets = {};   // patterns of expand_targets()
    std::optional<std::vector<std::string>> packages = {};  // "." ; "./cmd/..." is every program
    std::optional<std::vector<std::string>> tags = {};
    std::optional<std::vector<std::string>> ldflags = {};  // -s -w
    std::optional<std::vector<std::string>> gcflags = {};
    std::optional<std::vector<std::string>> asmflags = {};
    std::optional<std::string> buildmode = {};
    std::optional<bool> buildvcs = {};       // of all builds; nullopt: as VcsStamp has it
    std::optional<std::string> binary = {};  // in place of the package's own name
    std::optional<std::string> name = {};    // of the file, a template
    std::map<std::string, std::string> variables = {};    // for the linker's -X, templates
    std::map<std::string, std::string> environment = {};  // GOEXPERIMENT and the like
    CSettings c = {};

    // Takes what `over` says.
    void apply(const BuildSettings& over);
};

struct CrossTable {
    BuildSettings settings;
    std::vector<std::pair<std::string, BuildSettings>> builds = {};   // by their ids
    std::vector<std::pair<std::string, BuildSettings>> targets = {};  // the most specific last
    std::optional<std::string> output = {};
    std::optional<std::string> version = {};
    std::optional<std::size_t> jobs = {};
    std::optional<std::chrono::seconds> timeout = {};
    std::optional<std::string> packer = {};  // these as the options of gov cross build
    std::optional<std::string> archive = {};
    std::vector<std::string> bills = {};
    std::optional<std::string> signer = {};
    bool provenance = false;
    bool generates = false;
    bool universal = false;
    Hooks hooks = {};
    Policy policy = {};
    cache::ProjectWish cache = {};
};

// The table [cross] of `file`; all as where nothing is said if it has none. Throws Error
// (ExitCode::usage) that names the place of what is wrong.
CrossTable read_cross_table(const project::TomlFile& file);

// "90s", "10m", "1h"; nullopt for anything else.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace gov::cross
