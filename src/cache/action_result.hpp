// SPDX-License-Identifier: Apache-2.0
#pragma once
// ActionResult: an entry as Bazel's remote caches keep it, so that any of them can serve.

#include "cache/entry.hpp"

#include <optional>
#include <string>

namespace gov::cache {

// An entry that another machine made, with its body where that is small.
struct SharedEntry {
    Entry entry;
    std::optional<std::string> body = {};
};

// Bodies up to this come along with their entry, which spares a request.
inline constexpr std::size_t largest_inline_body = 4096;

// The message build.bazel.remote.execution.v2.ActionResult that has the body as its only output
// file. That file's path is the action, so that an answer under a wrong key is noticed, and the
// time is that of the worker's end.
std::string encode_action_result(const ActionId& action, const Entry& entry,
                                 std::optional<std::string_view> body);

// What such a message says of `action`; nullopt where it is none, or of another action, or its
// body is not that of its digest.
std::optional<SharedEntry> decode_action_result(const ActionId& action, std::string_view message);

}  // namespace gov::cache
