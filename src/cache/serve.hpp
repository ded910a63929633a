// SPDX-License-Identifier: Apache-2.0
#pragma once
// serve(): the other end of the go command's GOCACHEPROG.

#include "cache/settings.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace gov::cache {

struct Service {
    int input;                     // where the go command's requests come from
    int output;                    // where the answers go
    std::filesystem::path report;  // a file to append to what was found; empty: none
    // Told what went wrong with the shared cache: one line, at most once.
    std::function<void(const std::string&)> note;
};

// Answers the go command until it says close or ends: from Go's build cache on this machine, then
// from the shared one, which gets what is new while the build goes on. Whatever the shared cache
// does, the go command gets an answer. Throws Error where the go command does not keep to its
// protocol.
void serve(const Settings& settings, const Service& service);

}  // namespace gov::cache
