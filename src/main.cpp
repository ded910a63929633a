// SPDX-License-Identifier: Apache-2.0
// gov: from the command line to the exit status.
#include "cli/dispatch.hpp"

#include <string_view>
#include <vector>

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    return gov::cli::dispatch(argc > 0 ? argv[0] : "gov", words);
}
