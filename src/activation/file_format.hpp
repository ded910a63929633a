// SPDX-License-Identifier: Apache-2.0
#pragma once
// FileFormat: how variables are written for programs that read them from a file.

#include "activation/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

// What a toolchain in effect gives to programs that gov does not start.
struct Given {
    std::vector<Setting> variables;    // without PATH; nullopt: to be unset
    std::vector<std::string> entries;  // to put first on PATH, the first one first
    std::string path;                  // what PATH is then
};

// An object with "env" (names and values), "unset" (names) and "path" (entries). Throws Error
// (ExitCode::failed) for what is not UTF-8.
std::string json_text(const Given& given);

// Lines NAME=value for what reads .env files. Those programs do not agree on quotes: a value that
// they would read differently is refused by an Error.
std::string dotenv_text(const Given& given);

// Lines NAME="value" for EnvironmentFile= (systemd.exec(5)), which holds UTF-8 without control
// characters other than newlines and tabs. Throws Error for other values.
std::string systemd_text(const Given& given);

// For the file $GITHUB_ENV of GitHub Actions ("Workflow commands", multiline strings): each value
// stands between lines of `delimiter`, which no value may hold as a line. What is to be unset is
// set to nothing, since that file cannot unset.
std::string github_env_text(const Given& given, std::string_view delimiter);

// For the file $GITHUB_PATH: an entry a line, and each goes before those of earlier lines.
std::string github_path_text(const Given& given);

}  // namespace gov::activation
