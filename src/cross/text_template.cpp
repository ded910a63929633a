// SPDX-License-Identifier: Apache-2.0
#include "cross/text_template.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::cross {

std::string expand_template(std::string_view text,
                            const std::function<std::string(std::string_view)>& value_of) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("{{") || rest.starts_with("}}")) {
            result += text[at++];
            continue;
        }
        const auto end = rest.find('}');
        if (rest[0] == '}' || (rest[0] == '{' && end == std::string_view::npos))
            throw base::Error{base::format("{}: a brace stands alone", base::printable(text)),
                              "{{ and }} stand for braces", base::ExitCode::usage};
        if (rest[0] != '{') {
            result += rest[0];
            continue;
        }
        result += value_of(rest.substr(1, end - 1));
        at += end;
    }
    return result;
}

}  // namespace gov::cross
