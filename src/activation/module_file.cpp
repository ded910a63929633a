// SPDX-License-Identifier: Apache-2.0
#include "activation/module_file.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <string_view>

namespace gov::activation {

namespace fs = std::filesystem;
using Kind = Landmark::Kind;

namespace {

// The nearest regular landmark of `kind`; null where there is none.
const Landmark* nearest(std::span<const Landmark> landmarks, Kind kind) {
    for (const Landmark& landmark : landmarks)
        if (landmark.kind == kind && !landmark.is_directory) return &landmark;
    return nullptr;
}

// The file that -modfile in GOFLAGS names; empty where it names none.
std::string modfile_in(std::string_view goflags) {
    std::string file;
    while (!goflags.empty()) {
        std::string_view flag = goflags.substr(0, goflags.find_first_of(" \t\r\n"));
        goflags.remove_prefix(std::min(flag.size() + 1, goflags.size()));
        if (flag.starts_with("--")) flag.remove_prefix(1);
        if (flag.starts_with("-modfile=")) file = flag.substr(flag.find('=') + 1);
    }
    return file;
}

// A go.mod that someone left in the directory for temporary files is not looked at
// (golang.org/issue 26708).
bool is_for_temporary_files(const fs::path& directory, const base::Environment& environment) {
    return directory == fs::path{environment.non_empty("TMPDIR").value_or("/tmp")};
}

class Search {
public:
    Search(std::span<const Landmark> landmarks, const base::Environment& environment,
           const project::GoEnv& go_env, Dependencies& dependencies)
        : landmarks_{landmarks},
          environment_{environment},
          go_env_{go_env},
          dependencies_{dependencies} {}

    ModuleSearch run() {
        // "auto" is the default with a go.mod in sight, and without one nothing is read either way.
        const std::string modules = setting("GO111MODULE");
        if (!modules.empty() && modules != "on" && modules != "auto") return std::move(result_);
        if (modules == "auto" && nearest(landmarks_, Kind::go_mod) == nullptr)
            return std::move(result_);
        const std::string work = setting("GOWORK");
        const Landmark* found = nearest(landmarks_, Kind::go_work);
        if (work == "off") {
            found = nullptr;
        } else if (!work.empty() && work != "auto") {
            if (!work.starts_with('/'))
                result_.failure = "GOWORK is not an absolute path";
            else if (read(work, Where::elsewhere))
                return std::move(result_);
            found = nullptr;
        }
        if (found != nullptr && read(found->path, Where::landmark)) return std::move(result_);
        read_module();
        return std::move(result_);
    }

private:
    enum class Where { landmark, elsewhere };

    std::string setting(std::string_view name) {
        dependencies_.variables.emplace_back(name);
        return go_env_.get(name);
    }

    // Whether `path` is there and its lines are the result.
    bool read(const fs::path& path, Where where) {
        if (where == Where::elsewhere) dependencies_.watch(path);
        try {
            auto lines = project::read_go_lines_of(path);
            if (lines) result_.file = ModuleFile{path, std::move(*lines)};
        } catch (const base::Error& error) {
            result_.failure = error.what();
        }
        return result_.file.has_value();
    }

    void read_module() {
        const Landmark* found = nearest(landmarks_, Kind::go_mod);
        if (found == nullptr) return;
        const fs::path directory = fs::path{found->path}.parent_path();
        if (is_for_temporary_files(directory, environment_)) return;
        const std::string other = modfile_in(setting("GOFLAGS"));
        if (other.empty() || !read(directory / other, Where::elsewhere))
            read(found->path, Where::landmark);
    }

    std::span<const Landmark> landmarks_;
    const base::Environment& environment_;
    const project::GoEnv& go_env_;
    Dependencies& dependencies_;
    ModuleSearch result_;
};

}  // namespace

ModuleSearch find_module_file(std::span<const Landmark> landmarks,
                              const base::Environment& environment, const project::GoEnv& go_env,
                              Dependencies& dependencies) {
    return Search{landmarks, environment, go_env, dependencies}.run();
}

}  // namespace gov::activation
