// SPDX-License-Identifier: Apache-2.0
#include "proof/proof.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "proof/hash_text.hpp"
#include "proof/merkle.hpp"
#include "proof/record.hpp"
#include "proof/refuse.hpp"
#include "proof/tree_head.hpp"

#include <string_view>

namespace gov::proof {

namespace {

constexpr std::size_t members = 8;

const base::Json& member(const base::Json& json, std::string_view name) {
    const base::Json* value = json.find(name);
    if (value == nullptr) refuse(base::format("the proof has no \"{}\"", name));
    return *value;
}

[[noreturn]] void refuse_kind(std::string_view name, std::string_view kind) {
    refuse(base::format("the proof's \"{}\" is no {}", name, kind));
}

std::string text_member(const base::Json& json, std::string_view name) {
    const std::string* text = member(json, name).as_string();
    if (text == nullptr) refuse_kind(name, "text");
    return *text;
}

std::int64_t integer_member(const base::Json& json, std::string_view name) {
    const std::int64_t* integer = member(json, name).as_integer();
    if (integer == nullptr) refuse_kind(name, "integer");
    return *integer;
}

std::vector<base::Digest> hashes_member(const base::Json& json, std::string_view name) {
    const base::Json::Array* texts = member(json, name).as_array();
    if (texts == nullptr) refuse_kind(name, "list");
    std::vector<base::Digest> hashes;
    for (const base::Json& text : *texts) {
        const auto hash = hash_from_text(text.as_string() != nullptr ? *text.as_string() : "");
        if (!hash) refuse_kind(name, "list of hashes");
        hashes.push_back(*hash);
    }
    return hashes;
}

}  // namespace

void check(const Proof& proof, const Verifier& database) {
    if (proof.database != database.name)
        refuse(base::format("the proof is of the database {}, not of {}",
                            base::printable(proof.database), database.name));
    const TreeHead head = open_tree_head(proof.tree_note, database).head;
    if (!is_record(proof.record)) refuse("the proof's record is no lines of plain text");
    const auto root = root_above(leaf_hash(proof.record), proof.record_id, head.size, proof.path);
    if (!root)
        refuse(base::format("no path of {} hashes leads from record {} to the root of {} records",
                            proof.path.size(), proof.record_id, head.size));
    if (*root != head.root)
        refuse(
            base::format("record {} is not in the log: the path from it was expected to lead "
                         "to the root {}, it leads to {}",
                         proof.record_id, to_text(head.root), to_text(*root)));
    if (const auto h1 = h1_in(proof.record, proof.module, proof.version); h1 != proof.h1)
        refuse(base::format("the log has {} for {} {}, the proof {}", h1, proof.module,
                            proof.version, base::printable(proof.h1)));
}

base::Json to_json(const Proof& proof) {
    base::Json::Array path;
    for (const base::Digest& hash : proof.path) path.emplace_back(to_text(hash));
    return base::Json::Object{{"database", proof.database},   {"module", proof.module},
                              {"version", proof.version},     {"h1", proof.h1},
                              {"record_id", proof.record_id}, {"record", proof.record},
                              {"tree_note", proof.tree_note}, {"path", path}};
}

Proof proof_from_json(const base::Json& json) {
    const base::Json::Object* object = json.as_object();
    if (object == nullptr || object->size() != members)
        refuse(base::format("the proof is no object of {} members", members));
    return {.database = text_member(json, "database"),
            .module = text_member(json, "module"),
            .version = text_member(json, "version"),
            .h1 = text_member(json, "h1"),
            .record_id = integer_member(json, "record_id"),
            .record = text_member(json, "record"),
            .tree_note = text_member(json, "tree_note"),
            .path = hashes_member(json, "path")};
}

}  // namespace gov::proof
