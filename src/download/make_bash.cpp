// SPDX-License-Identifier: Apache-2.0
#include "download/make_bash.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "toolchain/collector_settings.hpp"

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;

namespace {

// Settings of the user's must not change what is built; make.bash finds out the rest itself.
base::Environment environment_for(const fs::path& goroot, const fs::path& bootstrap,
                                  const base::Environment& user) {
    base::Environment environment;
    environment.set("PATH", std::string{user.get("PATH").value_or("/usr/bin:/bin")});
    environment.set("HOME", (goroot / "pkg").native());
    environment.set("LANG", "C");
    environment.set("GOROOT_BOOTSTRAP", bootstrap.native());
    environment.set("GOTOOLCHAIN", "local");
    environment.set("GOENV", "off");
    for (const auto& [name, value] : toolchain::collector_settings(user))
        environment.set(name, value);
    if (const auto directory = user.non_empty("TMPDIR"))
        environment.set("TMPDIR", std::string{*directory});
    return environment;
}

// Brings the lines that name a step to `step`: "Building Go toolchain1 using /x/go1.20.14."
class Steps {
public:
    explicit Steps(const std::function<void(const std::string&)>& step) : step_{step} {}

    void take(std::string_view text) {
        for (const char c : text) {
            if (c != '\n') {
                if (line_.size() < longest) line_ += c;
                continue;
            }
            if (line_.starts_with("Building ") || line_.starts_with("Packaging "))
                step_(base::printable(line_.substr(0, line_.find(" using"))));
            line_.clear();
        }
    }

private:
    static constexpr std::size_t longest = 200;
    const std::function<void(const std::string&)>& step_;
    std::string line_;
};

}  // namespace

void run_make_bash(const fs::path& goroot, const fs::path& bootstrap, const base::Environment& user,
                   const fs::path& log, const std::function<void(const std::string&)>& step) {
    const std::string bash = base::find_program("bash", user.get("PATH").value_or("/usr/bin:/bin"));
    if (bash.empty())
        throw Error{"there is no bash on PATH, which builds Go", "install the package bash",
                    base::ExitCode::missing_dependency};
    base::make_private_directory(log.parent_path());
    Steps steps{step};
    const int status = base::run_logged({{bash, "make.bash", "-distpack"},
                                         environment_for(goroot, bootstrap, user),
                                         goroot / "src"},
                                        log, [&](std::string_view text) { steps.take(text); });
    if (status != 0)
        throw Error{base::format("make.bash ended with status {}", status),
                    base::format("what it said is in {}", log.native())};
}

}  // namespace gov::download
