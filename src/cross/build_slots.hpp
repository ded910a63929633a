// SPDX-License-Identifier: Apache-2.0
#pragma once
// build_slots(): how many go builds this machine takes at once.

#include <cstddef>

namespace gov::cross {

// At least one. Of memory each is given what linking a large program takes.
std::size_t build_slots();

}  // namespace gov::cross
