// SPDX-License-Identifier: Apache-2.0
#pragma once
// parse_dotenv(): the variables of a .env file.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::project {

struct DotenvVariable {
    std::string name;
    std::string value;
    std::size_t line = 0;  // from 1

    bool operator==(const DotenvVariable&) const = default;
};

// The variables that `text`, which stands in the file `path`, sets, in order; a later line of the
// same name replaces an earlier one. gotoolchain.toml(5) has the grammar: nothing is ever expanded
// or run. Throws Error (ExitCode::usage) "path:line: what is wrong".
std::vector<DotenvVariable> parse_dotenv(const std::filesystem::path& path, std::string_view text);

}  // namespace gov::project
