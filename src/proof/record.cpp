// SPDX-License-Identifier: Apache-2.0
#include "proof/record.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "proof/decimal.hpp"
#include "proof/h1.hpp"
#include "proof/plain_text.hpp"
#include "proof/refuse.hpp"

#include <ranges>
#include <vector>

namespace gov::proof {

Answer parse_answer(std::string_view text) {
    const auto first = text.find('\n');
    const auto id = parse_decimal(text.substr(0, first));
    if (!id) refuse("the answer does not start with the number of a record");
    text.remove_prefix(first + 1);
    const auto blank_line = text.find("\n\n");
    if (blank_line == std::string_view::npos) refuse("the answer has no blank line after a record");
    const std::string_view record = text.substr(0, blank_line + 1);
    if (!is_record(record)) refuse(base::format("record {} is no lines of plain text", *id));
    return {*id, std::string{record}, std::string{text.substr(blank_line + 2)}};
}

bool is_record(std::string_view text) {
    return text.size() <= max_record_size && text.ends_with('\n') && !text.starts_with('\n') &&
           text.find("\n\n") == std::string_view::npos && is_plain_text(text);
}

std::string h1_in(std::string_view record, std::string_view module, std::string_view version) {
    const std::string start = base::format("{} {} ", module, version);
    std::vector<std::string_view> found;
    for (const auto part : std::views::split(record, '\n')) {
        const std::string_view line{part.begin(), part.end()};
        if (!line.starts_with(start)) continue;
        const std::string_view hash = line.substr(start.size());
        if (hash.starts_with("h1:")) found.push_back(hash);
    }
    if (found.size() != 1)
        refuse(base::format("one h1 for {} {} was expected in the record, {} are there", module,
                            version, found.size()));
    if (!is_h1(found.front()))
        refuse(base::format("the record has {} for {} {}, which is no h1",
                            base::printable(found.front()), module, version));
    return std::string{found.front()};
}

}  // namespace gov::proof
