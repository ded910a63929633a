// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sandbox: a directory of a test's own, gone with it.

#include "base/environment.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include <stdlib.h>

namespace gov::tests {

class Sandbox {
public:
    Sandbox() {
        std::string name = (std::filesystem::temp_directory_path() / "gov-test-XXXXXX").native();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
        path_ = name;
    }
    ~Sandbox() { std::filesystem::remove_all(path_); }
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }

    // An environment whose places all lie in here.
    base::Environment environment() const {
        return base::Environment{{{"HOME", path_ / "home"}, {"GOV_HOME", path_ / "gov"}}};
    }

    // Writes the file `name`, with the directories above it; its path.
    std::filesystem::path write(const std::filesystem::path& name, std::string_view content) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << content;
        return file;
    }

    std::string read(const std::filesystem::path& name) const {
        std::ifstream file{path_ / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

private:
    std::filesystem::path path_;
};

}  // namespace gov::tests
