// SPDX-License-Identifier: Apache-2.0
#include "activation/use.hpp"

#include "store/uses.hpp"

namespace gov::activation {

void note_use(const Selection& selection, const store::Places& places) noexcept {
    if (!selection.toolchain) return;
    store::note_use(places, selection.name(),
                    selection.is_of_project() ? selection.file : std::filesystem::path{});
}

}  // namespace gov::activation
