// SPDX-License-Identifier: Apache-2.0
#pragma once
// Manifest: the files that a release's h1 stands for.

#include "store/places.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gov::store {

// The text that the h1 is the hash of (proof/h1.hpp), kept beside the receipt so that a later look
// can name what has changed; the h1 guards it.
class Manifest {
public:
    // By a file's name below the GOROOT: the SHA-256 of its content in hex.
    using Hashes = std::unordered_map<std::string, std::string_view>;

    // The manifest of `version`; nullopt where there is none. Throws Error (ExitCode::verification)
    // for a damaged one.
    static std::optional<Manifest> read(const Places& places, const toolchain::GoVersion& version);
    // What syncs the toolchain (Staging::commit) syncs this.
    static void write(const Places& places, const toolchain::GoVersion& version,
                      std::string_view text);
    // The file that it is kept in.
    static std::filesystem::path path(const Places& places, const toolchain::GoVersion& version) {
        return places.receipts() / (version.name() + ".sums");
    }

    const std::string& text() const noexcept { return *text_; }
    const Hashes& hashes() const noexcept { return hashes_; }

private:
    explicit Manifest(std::string text);

    std::unique_ptr<const std::string> text_;  // at one address for good: hashes_ looks into it
    Hashes hashes_;
};

}  // namespace gov::store
