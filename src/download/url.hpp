// SPDX-License-Identifier: Apache-2.0
#pragma once
// URLs as gov shows and judges them.

#include <string>
#include <string_view>

namespace gov::download {

// `url` as messages may show it: without user name and password, control characters spelled out.
std::string shown_url(std::string_view url);

// Whether `url` is http to this machine itself (127.0.0.0/8, ::1, localhost).
bool is_loopback_http(std::string_view url);

}  // namespace gov::download
