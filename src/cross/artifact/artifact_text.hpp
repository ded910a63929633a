// SPDX-License-Identifier: Apache-2.0
#pragma once
// Artifacts as text for people.

#include "cross/artifact/artifact.hpp"

#include <string>

namespace gov::cross {

// Indented lines, each a word for a fact and the fact; text that came from the file is printable.
std::string to_text(const Artifact& artifact);

}  // namespace gov::cross
