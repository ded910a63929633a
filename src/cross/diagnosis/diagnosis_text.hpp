// SPDX-License-Identifier: Apache-2.0
#pragma once
// Diagnoses for people and as JSON.

#include "base/json.hpp"
#include "cross/diagnosis/diagnosis.hpp"

#include <string>
#include <vector>

namespace gov::cross {

// "id: meaning" and a line with what to do. Printable.
std::string to_text(const Diagnosis& diagnosis);

// A list with an object each: "id", "meaning", "remedy", "line" and "line_number".
base::Json to_json(const std::vector<Diagnosis>& diagnoses);

}  // namespace gov::cross
