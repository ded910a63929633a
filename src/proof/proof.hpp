// SPDX-License-Identifier: Apache-2.0
#pragma once
// Proof: everything that shows a release's h1 to be the checksum database's, on its own.

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "proof/verifier.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gov::proof {

struct Proof {
    std::string database;  // the name it signs with
    std::string module;
    std::string version;
    std::string h1;
    std::int64_t record_id;
    std::string record;              // the log's text about the module's version
    std::string tree_note;           // signed by the database
    std::vector<base::Digest> path;  // from the record to the note's root (RFC 6962, 2.1.1)

    bool operator==(const Proof&) const = default;
};

// Returns if `database` signed a tree in which `proof.record` is record number `proof.record_id`,
// and that record has `proof.h1` for `proof.module` and `proof.version`; whether those are the
// ones that matter is the caller's to compare. Needs no network and no memory. Throws Error
// (ExitCode::verification).
void check(const Proof& proof, const Verifier& database);

// An object with a member for each of the struct's, hashes in base64.
base::Json to_json(const Proof& proof);
// Throws Error (ExitCode::verification) for anything that to_json() does not write. What it
// returns is not checked.
Proof proof_from_json(const base::Json& json);

}  // namespace gov::proof
