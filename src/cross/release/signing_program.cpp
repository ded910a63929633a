// SPDX-License-Identifier: Apache-2.0
#include "cross/release/signing_program.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

namespace gov::cross {

namespace {

std::string_view package_of(std::string_view program) {
    if (program == "ssh-keygen") return "openssh-client";
    if (program == "gpg") return "gnupg";
    return program;
}

}  // namespace

base::ProcessResult call_signing_program(const std::string& program, std::vector<std::string> words,
                                         const std::filesystem::path& directory,
                                         const base::Environment& environment) {
    const std::string path = base::find_program(program, environment.get("PATH").value_or(""));
    if (path.empty())
        throw base::Error{base::format("{} is not installed", program),
                          base::format("install {}", package_of(program)),
                          base::ExitCode::missing_dependency};
    words.insert(words.begin(), path);
    return base::run(
        {.arguments = std::move(words), .environment = environment, .directory = directory});
}

std::vector<std::string> ssh_keygen_reading(const std::filesystem::path& file,
                                            const std::vector<std::string>& words) {
    std::vector<std::string> all{"-c", R"(file=$1; shift; exec ssh-keygen "$@" < "$file")", "sh",
                                 file.native()};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

}  // namespace gov::cross
