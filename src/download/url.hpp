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

// Where the download site or mirror with the base URL `mirror` has its release index: a mirror that
// is a plain directory cannot answer to a query.
std::string index_url(const std::string& mirror);
inline constexpr std::size_t largest_index = std::size_t{32} << 20U;  // in bytes

}  // namespace gov::download
