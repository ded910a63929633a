// SPDX-License-Identifier: Apache-2.0
#pragma once
// or_null(): a text as gov's JSON has it.

#include "base/json.hpp"

#include <string_view>

namespace gov::base {

// Null where `text` is empty: what is not there is null in all that gov prints.
inline Json or_null(std::string_view text) {
    return text.empty() ? Json{} : Json{text};
}

}  // namespace gov::base
