// SPDX-License-Identifier: Apache-2.0
#pragma once
// TreeHead: the size and the root hash of the log at one moment.

#include "base/crypto.hpp"
#include "proof/verifier.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gov::proof {

struct TreeHead {
    std::int64_t size;  // records
    base::Digest root;

    bool operator==(const TreeHead&) const = default;
};

// The head in a note's text (tlog.ParseTree); lines after the third are passed over, as Go does.
// Throws Error (ExitCode::verification).
TreeHead parse_tree_head(std::string_view text);

// A head with the note that the database signed it in.
struct SignedHead {
    TreeHead head;
    std::string note;
};

// The head in `note`, which has to be signed by `signer`. Throws Error (ExitCode::verification).
SignedHead open_tree_head(std::string note, const Verifier& signer);

}  // namespace gov::proof
