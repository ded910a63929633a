// SPDX-License-Identifier: Apache-2.0
#pragma once
// open_note(): the text of a signed note (golang.org/x/mod/sumdb/note).

#include "proof/verifier.hpp"

#include <cstddef>
#include <string_view>

namespace gov::proof {

inline constexpr std::size_t max_note_size = 65536;

// The signed text of `note`, up to and with its last line break; a view into `note`. Signatures
// by other keys are passed over. Throws Error (ExitCode::verification): no note, longer than
// max_note_size, more than 100 signatures, none by `signer`, or one by `signer` that is wrong
// (Go looks only at the first).
std::string_view open_note(std::string_view note, const Verifier& signer);

}  // namespace gov::proof
