// SPDX-License-Identifier: Apache-2.0
#include "proof/checksum_database.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "proof/contradiction.hpp"
#include "proof/hash_text.hpp"
#include "proof/record.hpp"
#include "proof/refuse.hpp"
#include "proof/tree.hpp"
#include "proof/tree_head.hpp"

#include <string>
#include <vector>

namespace gov::proof {

namespace {

// Upper-case letters as '!' and the lower-case one (golang.org/x/mod/module, EscapePath).
std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const bool upper = letter >= 'A' && letter <= 'Z';
        if (upper) result += '!';
        result += upper ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return result;
}

void require_path_safe(std::string_view text) {
    constexpr std::string_view safe =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/";
    if (text.empty() || text.find_first_not_of(safe) != std::string_view::npos ||
        text.find("..") != std::string_view::npos)
        throw base::Error{
            base::format("\"{}\" is no module path or version", base::printable(text)),
            {},
            base::ExitCode::usage};
}

Answer look_up(std::string_view module, std::string_view version, Answers& answers) {
    const auto body =
        answers.fetch(base::format("/lookup/{}@{}", escaped(module), escaped(version)));
    if (!body)
        throw base::Error{"there is no record of it",
                          "see that the version exists, and for this system",
                          base::ExitCode::no_release};
    return parse_answer(*body);
}

// The largest head seen, from its note; a tree of no records before the first.
SignedHead open_latest(std::string note, const Verifier& database, const Memory& memory) {
    if (note.empty()) return {{0, empty_root()}, {}};
    try {
        return open_tree_head(std::move(note), database);
    } catch (const base::Error&) {
        std::throw_with_nested(base::Error{
            base::format("the tree head remembered in {}", memory.latest_place()),
            "find out what changed that file; without it, trust starts anew with the next head"});
    }
}

// What is read of the newer tree: enough for require_continuation() and for prove_inclusion().
std::vector<Range> ranges_needed(const TreeHead& older, const TreeHead& newer, std::int64_t id) {
    std::vector<Range> ranges = audit_path(id, newer.size);
    ranges.push_back({id, id + 1});
    ranges.push_back({0, older.size});
    return ranges;
}

// The proof that `tree`, read under the head `newer`, has the answer's record.
Proof prove_inclusion(const Verifier& database, std::string_view module, std::string_view version,
                      const Answer& answer, const SignedHead& newer, Tree& tree) {
    const std::int64_t id = answer.record_id;
    const base::Digest expected = tree.root_of({id, id + 1});
    const base::Digest came = leaf_hash(answer.record);
    if (came != expected)
        refuse(base::format("record {} is not the log's: the hash {} was expected, {} came", id,
                            to_text(expected), to_text(came)));
    Proof proof{.database = database.name,
                .module = std::string{module},
                .version = std::string{version},
                .h1 = h1_in(answer.record, module, version),
                .record_id = id,
                .record = answer.record,
                .tree_note = newer.note,
                .path = tree.roots_of(audit_path(id, newer.head.size))};
    check(proof, database);  // whatever went wrong above, this proof stands on its own
    return proof;
}

Proof prove_answer(const Verifier& database, std::string_view module, std::string_view version,
                   Answers& answers, Memory& memory) {
    const Answer answer = look_up(module, version, answers);
    const SignedHead told = open_tree_head(answer.tree_note, database);
    // Go asks this only of the largest head it knows; the answer's own has to have the record too.
    if (answer.record_id >= told.head.size)
        refuse(base::format("record {} is not among the {} that the answer's tree has",
                            answer.record_id, told.head.size));
    Tiles tiles{answers, memory};
    for (;;) {
        const std::string remembered = memory.latest();
        const SignedHead seen = open_latest(remembered, database, memory);
        const bool is_older = told.head.size < seen.head.size;
        const SignedHead& older = is_older ? told : seen;
        const SignedHead& newer = is_older ? seen : told;
        Tree tree{newer.head, tiles, ranges_needed(older.head, newer.head, answer.record_id)};
        require_continuation(database, older, newer, tree, memory);
        Proof proof = prove_inclusion(database, module, version, answer, newer, tree);
        // Where another process has changed the memory, this head has to agree with its too.
        if (newer.head.size == seen.head.size || memory.replace_latest(remembered, newer.note))
            return proof;
    }
}

}  // namespace

Proof prove(const Verifier& database, std::string_view module, std::string_view version,
            Answers& answers, Memory& memory) {
    require_path_safe(module);
    require_path_safe(version);
    try {
        return prove_answer(database, module, version, answers, memory);
    } catch (const std::exception& error) {
        const bool unexplained = base::exit_code_of(error) == base::ExitCode::verification &&
                                 base::hint_of(error).empty();
        std::throw_with_nested(base::Error{
            base::format("checking {} {} with {}", module, version, database.name),
            unexplained ? "use nothing that came with it; try again, or another proxy" : ""});
    }
}

}  // namespace gov::proof
