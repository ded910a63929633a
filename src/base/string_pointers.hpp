// SPDX-License-Identifier: Apache-2.0
#pragma once
// string_pointers(): strings as execve() and posix_spawn() want them.

#include <string>
#include <vector>

namespace gov::base {

// Into `strings`, which stay as they are, and a null pointer behind them.
inline std::vector<char*> string_pointers(std::vector<std::string>& strings) {
    std::vector<char*> list;
    list.reserve(strings.size() + 1);
    for (std::string& text : strings) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

}  // namespace gov::base
