// SPDX-License-Identifier: Apache-2.0
#pragma once
// GoEnv: the Go settings in force for this user, read where the go command reads them.

#include "base/environment.hpp"
#include "toolchain/go_version.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

// A variable's value is that of the environment if it is not empty there, else that of the user's
// Go env file ($GOENV, else os.UserConfigDir()/go/env; none with GOENV=off), else that of
// $GOROOT/go.env (cmd/go/internal/cfg: readEnvFile, EnvOrAndChanged).
class GoEnv {
public:
    // `goroots`: where a go.env may stand, the first that has one counts.
    GoEnv(const base::Environment& environment, const std::vector<std::filesystem::path>& goroots);

    // The value of `name`; empty where nothing sets it.
    std::string get(std::string_view name) const;

private:
    using Settings = std::map<std::string, std::string, std::less<>>;

    static Settings read(const std::filesystem::path& file);

    const base::Environment& environment_;
    Settings user_;
    Settings goroot_;
};

// The user's Go env file, there or not; empty where there is none to read, as with GOENV=off.
std::filesystem::path user_env_file(const base::Environment& environment);

// The GOROOT of the go on PATH; empty where there is none. go is not run: the directory above its
// bin that has a VERSION file, through symbolic links, as go itself finds it.
std::filesystem::path goroot_on_path(const base::Environment& environment);

// The version that the VERSION file of a GOROOT tells; nullopt where it tells none.
std::optional<toolchain::GoVersion> version_of_goroot(const std::filesystem::path& goroot);

}  // namespace gov::project
