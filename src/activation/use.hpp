// SPDX-License-Identifier: Apache-2.0
#pragma once
// note_use(): remembers that a selected toolchain is used, and by which project.

#include "activation/selection.hpp"

namespace gov::activation {

// Notes that the toolchain of `selection` is in use, and the file that asks for it: from then on
// the file's project is known. At most one system call a day for each; see store/uses.hpp.
void note_use(const Selection& selection, const store::Places& places) noexcept;

}  // namespace gov::activation
