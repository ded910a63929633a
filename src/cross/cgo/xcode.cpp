// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/xcode.hpp"

#include "base/process.hpp"

namespace gov::cross {

namespace {

// The one line that xcrun answers; empty where it knows nothing.
std::string ask(const std::string& xcrun, std::vector<std::string> words,
                const CompilerPlaces& places) {
    words.insert(words.begin(), {xcrun, "--sdk", "macosx"});
    const base::ProcessResult result = base::run({.arguments = std::move(words),
                                                  .environment = places.environment,
                                                  .directory = "/",
                                                  .limit = std::chrono::seconds{30}});
    if (result.status != 0) return {};
    return result.output.substr(0, result.output.find('\n'));
}

}  // namespace

std::optional<Xcode> find_xcode(const CompilerPlaces& places) {
    const std::string xcrun =
        base::find_program("xcrun", places.environment.get("PATH").value_or(""));
    if (!xcrun.starts_with('/')) return std::nullopt;
    Xcode xcode{.clang = ask(xcrun, {"--find", "clang"}, places),
                .sdk = ask(xcrun, {"--show-sdk-path"}, places),
                .sdk_version = ask(xcrun, {"--show-sdk-version"}, places)};
    if (!xcode.clang.is_absolute() || !xcode.sdk.is_absolute()) return std::nullopt;
    return xcode;
}

}  // namespace gov::cross
