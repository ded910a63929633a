// SPDX-License-Identifier: Apache-2.0
#include "cross/diagnosis/diagnosis_rule.hpp"

namespace gov::cross {

std::vector<const DiagnosisRule*> diagnosis_rules() {
    std::vector<const DiagnosisRule*> rules;
    for (const auto& part :
         {recipe_rules(), go_rules(), compiler_rules(), start_rules(), artifact_rules()})
        for (const DiagnosisRule& rule : part) rules.push_back(&rule);
    return rules;
}

const DiagnosisRule* find_rule(std::string_view id) {
    for (const DiagnosisRule* rule : diagnosis_rules())
        if (rule->id == id) return rule;
    return nullptr;
}

}  // namespace gov::cross
