// SPDX-License-Identifier: Apache-2.0
#pragma once
// Made-up toolchains in a sandbox's GOV_HOME.

#include "support/sandbox.hpp"

#include <filesystem>
#include <string>

namespace gov::tests {

// A toolchain that counts as installed, but that nothing proved; its GOROOT.
inline std::filesystem::path put_unproved_toolchain(const Sandbox& sandbox,
                                                    const std::string& name) {
    const auto go = sandbox.write("gov/versions/" + name + "/bin/go", "");
    std::filesystem::permissions(go, std::filesystem::perms::owner_all);
    return go.parent_path().parent_path();
}

// One that something proved: it has a receipt.
inline std::filesystem::path put_toolchain(const Sandbox& sandbox, const std::string& name) {
    sandbox.write("gov/receipts/" + name + ".json", "");
    return put_unproved_toolchain(sandbox, name);
}

}  // namespace gov::tests
