// SPDX-License-Identifier: Apache-2.0
#include "cross/go_arguments.hpp"

#include "base/text_lines.hpp"
#include "cross/linker_flags.hpp"

namespace gov::cross {

std::vector<std::string> go_arguments(
    const BuildSettings& settings, const std::string& stamp,
    const std::vector<std::pair<std::string, std::string>>& variables) {
    std::vector<std::string> arguments{"build", "-trimpath"};
    if (!stamp.empty()) arguments.push_back(stamp);
    const auto add = [&](const char* flag, const auto& words, std::string_view separator) {
        if (words && !words->empty())
            arguments.insert(arguments.end(), {flag, base::joined(*words, separator)});
    };
    if (settings.buildmode) arguments.push_back("-buildmode=" + *settings.buildmode);
    add("-tags", settings.tags, ",");
    add("-gcflags", settings.gcflags, " ");
    add("-asmflags", settings.asmflags, " ");
    const std::vector<std::string> plain{"-s", "-w"};
    arguments.insert(arguments.end(),
                     {"-ldflags", linker_flags(settings.ldflags.value_or(plain), variables)});
    return arguments;
}

}  // namespace gov::cross
