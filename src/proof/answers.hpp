// SPDX-License-Identifier: Apache-2.0
#pragma once
// Answers: where a checksum database is asked.

#include "proof/note.hpp"
#include "proof/record.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gov::proof {

// More than any answer that is of use; who fetches may stop there.
inline constexpr std::size_t max_answer_size = max_record_size + max_note_size + 64;

class Answers {
public:
    Answers() = default;
    Answers(const Answers&) = delete;
    Answers& operator=(const Answers&) = delete;
    virtual ~Answers() = default;

    // The body at `path` below the database's address ("/lookup/golang.org/toolchain@v0.0.1-…",
    // "/tile/8/0/x112/757"); nullopt where the database says that there is none (404, 410).
    // Throws Error (ExitCode::unreachable) where it cannot be asked.
    virtual std::optional<std::string> fetch(const std::string& path) = 0;

    // The bodies at `paths`, in their order; those that can be may be fetched at the same time.
    virtual std::vector<std::optional<std::string>> fetch_all(std::span<const std::string> paths) {
        std::vector<std::optional<std::string>> bodies;
        for (const std::string& path : paths) bodies.push_back(fetch(path));
        return bodies;
    }
};

}  // namespace gov::proof
