// SPDX-License-Identifier: Apache-2.0
#include "proof/contradiction.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "proof/hash_text.hpp"

namespace gov::proof {

namespace {

base::Json evidence(const SignedHead& older, const SignedHead& newer, Tree& tree) {
    base::Json::Array path;
    for (const base::Digest& hash :
         tree.roots_of(consistency_path(older.head.size, newer.head.size)))
        path.emplace_back(to_text(hash));
    return base::Json::Object{
        {"about",
         "two signed tree heads of one checksum database; the newer tree does not start "
         "with the older one, as prefix_root and path (RFC 6962, 2.1.2) show"},
        {"older_note", older.note},
        {"newer_note", newer.note},
        {"prefix_root", to_text(tree.root_of({0, older.head.size}))},
        {"path", path}};
}

// Where the evidence is. What happened has to be said even where it cannot be written down.
std::string keep_evidence(const SignedHead& older, const SignedHead& newer, Tree& tree,
                          Memory& memory) {
    try {
        return "in " + memory.keep_evidence(evidence(older, newer, tree).write());
    } catch (const base::Error& error) {
        return base::format("lost: {}", base::full_message(error));
    }
}

}  // namespace

void require_continuation(const Verifier& database, const SignedHead& older,
                          const SignedHead& newer, Tree& tree, Memory& memory) {
    if (older.head.size == 0 || tree.root_of({0, older.head.size}) == older.head.root) return;
    throw base::Error{
        base::format("{} contradicts itself: its tree of {} records does not continue the one of "
                     "{} records that it signed before; the proof of it is {}",
                     database.name, newer.head.size, older.head.size,
                     keep_evidence(older, newer, tree, memory)),
        "install nothing that it vouches for, and show the proof to those who run it",
        base::ExitCode::log_contradiction};
}

}  // namespace gov::proof
