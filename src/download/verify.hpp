// SPDX-License-Identifier: Apache-2.0
#pragma once
// verify(): whether an installed toolchain is still what was proved.

#include "store/installed.hpp"
#include "store/receipt.hpp"

#include <string>
#include <vector>

namespace gov::download {

enum class Change { changed, missing, extra };

struct Difference {
    Change change;
    std::string name;  // below the GOROOT
};

// What `gov verify` found: the tree still has the receipt's h1 where there are no differences.
struct Verification {
    store::Receipt receipt;
    std::vector<Difference> differences;  // in the order of their names
};

// Hashes every file of the toolchain again, and checks the receipt's proof again, by the key of the
// public checksum database if that made it, else by the one that `gosumdb`
// (a value of GOSUMDB) names. A mode that is not the
// release's counts as a change. Throws Error (ExitCode::verification) for a receipt that is
// missing or does not prove what the release needs; where a file cannot be read, ExitCode::failed.
Verification verify(const store::Places& places, const store::Toolchain& toolchain,
                    std::string_view gosumdb);

}  // namespace gov::download
