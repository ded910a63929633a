// SPDX-License-Identifier: Apache-2.0
#pragma once
// Base64 (RFC 4648, section 4), strict. Not libcrypto's: that one forgives what is no base64, and
// opening it is dear for who only reads a hash.

#include "base/crypto.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gov::base {

// With padding, without line breaks.
std::string to_base64(Bytes data);

// The bytes that `text` stands for; nullopt unless it is exactly what to_base64 writes for some.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace gov::base
