// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_text.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"

namespace gov::cross {

std::string to_text(const Diagnosis& diagnosis) {
    return base::format("{}: {}\n  to do: {}\n", diagnosis.id, base::printable(diagnosis.meaning),
                        base::printable(diagnosis.remedy));
}

base::Json to_json(const std::vector<Diagnosis>& diagnoses) {
    base::Json::Array list;
    for (const Diagnosis& diagnosis : diagnoses) {
        const bool has_line = diagnosis.line_number != 0;
        const auto number = static_cast<std::int64_t>(diagnosis.line_number);
        list.push_back(
            base::Json::Object{{"id", diagnosis.id},
                               {"meaning", diagnosis.meaning},
                               {"remedy", diagnosis.remedy},
                               {"line", has_line ? base::Json{diagnosis.line} : base::Json{}},
                               {"line_number", has_line ? base::Json{number} : base::Json{}}});
    }
    return list;
}

}  // namespace gov::cross
