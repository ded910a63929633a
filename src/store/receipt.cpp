// SPDX-License-Identifier: Apache-2.0
#include "store/receipt.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/json.hpp"

namespace gov::store {

namespace {

namespace fs = std::filesystem;
using base::Json;
using toolchain::GoVersion;

constexpr std::size_t receipt_limit = 1024 * 1024;

Json to_json(const Receipt& receipt) {
    Json::Object members{{"version", receipt.version.name()},
                         {"os", receipt.platform.os},
                         {"arch", receipt.platform.arch},
                         {"source", receipt.source},
                         {"url", receipt.url},
                         {"archive_sha256", receipt.archive_sha256},
                         {"h1", receipt.h1},
                         {"proved_by", receipt.proved_by}};
    if (receipt.full) members.emplace_back("full", true);
    if (receipt.editable) members.emplace_back("editable", true);
    if (!receipt.built_with.empty()) members.emplace_back("built_with", receipt.built_with);
    if (receipt.proof) members.emplace_back("proof", proof::to_json(*receipt.proof));
    return members;
}

std::string require_text(const Json& json, std::string_view name) {
    const std::string_view text = json.text(name);
    if (text.empty()) throw base::Error{base::format("\"{}\" is missing", name)};
    return std::string{text};
}

// Whether the member `name` is there and true.
bool is_set(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    return member != nullptr && member->as_bool() != nullptr && *member->as_bool();
}

Receipt from_json(const Json& json) {
    Receipt receipt{GoVersion::require(json.text("version")),
                    {require_text(json, "os"), require_text(json, "arch")},
                    require_text(json, "source"),
                    require_text(json, "url"),
                    std::string{json.text("archive_sha256")},
                    require_text(json, "h1"),
                    require_text(json, "proved_by"),
                    std::nullopt,
                    is_set(json, "full"),
                    is_set(json, "editable"),
                    std::string{json.text("built_with")}};
    if (const Json* proof = json.find("proof")) receipt.proof = proof::proof_from_json(*proof);
    return receipt;
}

}  // namespace

std::optional<Receipt> read_receipt(const Places& places, const GoVersion& version) {
    fs::path path = places.receipt(version);
    auto text = base::read_file(path, receipt_limit);
    const bool says_proved = text.has_value();
    if (!says_proved)
        text = base::read_file(path = places.unproved_receipt(version), receipt_limit);
    if (!text) return std::nullopt;
    try {
        Receipt receipt = from_json(Json::parse(*text));
        if (receipt.version != version) throw base::Error{"it is another release's"};
        if (receipt.is_proved() != says_proved) throw base::Error{"it is not what its name says"};
        return receipt;
    } catch (const base::Error& error) {
        throw base::Error{
            base::format("the receipt {} is damaged: {}", path.native(), error.what()),
            base::format("gov uninstall {0} and gov install {0}", version.name()),
            base::ExitCode::verification};
    }
}

void write_receipt(const Places& places, const Receipt& receipt) {
    const fs::path proved = places.receipt(receipt.version);
    const fs::path unproved = places.unproved_receipt(receipt.version);
    base::make_private_directory(places.receipts());
    std::error_code absent;
    fs::remove(receipt.is_proved() ? unproved : proved, absent);
    base::write_file_unsynced(receipt.is_proved() ? proved : unproved, to_json(receipt).write());
}

}  // namespace gov::store
