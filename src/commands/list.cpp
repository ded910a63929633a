// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "commands/all_commands.hpp"
#include "download/catalog.hpp"
#include "store/disk_use.hpp"
#include "store/installed.hpp"
#include "store/receipt.hpp"

#include <algorithm>
#include <array>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::array options{
    Option{.name = "long",
           .value = "",
           .help = "also where each came from and what proved it",
           .letter = 'l'},
    Option{.name = "size",
           .value = "",
           .help = "also what each takes of the disk, files in common counted once",
           .letter = 's'},
    Option{
        .name = "remote", .value = "", .help = "list what can be installed instead", .letter = 'r'},
    Option{.name = "all", .value = "", .help = "with --remote: also betas and release candidates"},
    Option{.name = "offline", .value = "", .help = "with --remote: from the index kept earlier"},
    json_option};

// The version in effect here; nullopt also where a bad pin is in the way: a list is still a list.
std::optional<toolchain::GoVersion> current(const Invocation& invocation,
                                            const store::Places& places) {
    try {
        const auto selection =
            activation::select(invocation.directory, invocation.environment, places);
        return selection ? std::optional{selection->version} : std::nullopt;
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

// What the list says of an installed release.
struct Row {
    store::Toolchain toolchain;
    bool is_current;
    bool is_default;
    std::optional<store::TreeSize> size;  // where it was asked for
};

Json to_json(const Row& row, const store::Places& places) {
    Json::Object members{{"version", row.toolchain.version.name()},
                         {"goroot", row.toolchain.goroot.native()},
                         {"current", row.is_current},
                         {"default", row.is_default}};
    if (const auto receipt = store::read_receipt(places, row.toolchain.version)) {
        members.emplace_back("source", receipt->source);
        members.emplace_back("h1", receipt->h1);
        members.emplace_back("proved_by", receipt->proved_by);
    }
    if (row.size) {
        members.emplace_back("allocated", static_cast<std::int64_t>(row.size->allocated));
        members.emplace_back("apparent", static_cast<std::int64_t>(row.size->apparent));
    }
    return members;
}

std::string long_text(const store::Toolchain& toolchain, const store::Places& places) {
    const auto receipt = store::read_receipt(places, toolchain.version);
    if (!receipt) return "  no receipt";
    const std::string proof = receipt->proof
                                  ? base::format("log: {} (record {})", receipt->proof->database,
                                                 receipt->proof->record_id)
                                  : std::string{"index"};
    return base::format("  {:<8}  {}  {}", receipt->source, proof, toolchain.goroot.native());
}

// Whether `version` is of the line or the release that `spec` names; every one is of the empty
// spec.
bool matches(const toolchain::GoVersion& version, const std::optional<toolchain::GoVersion>& spec) {
    if (!spec) return true;
    const bool is_line = spec->is_language_only() || spec->number() == spec->language();
    return is_line ? version.language() == spec->language() : version == *spec;
}

Json to_json(const download::Offer& offer, bool is_installed) {
    Json::Array sources;
    for (const download::SourceKind kind : offer.sources)
        sources.emplace_back(download::name_of(kind));
    return Json::Object{{"version", offer.version.name()},
                        {"stable", !offer.version.is_prerelease()},
                        {"installed", is_installed},
                        {"sources", std::move(sources)}};
}

// What people have to know about a list that is not quite what they asked for.
void say_limits(const download::Catalog& catalog, base::Output& output) {
    for (const std::string& reason : catalog.passed_over) output.note("without " + reason);
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(catalog.index_age).count();
    if (minutes >= 60)
        output.note(
            base::format("the site's index is {} h {} min old", minutes / 60, minutes % 60));
}

ExitCode list_remote(const Invocation& invocation, const store::Places& places) {
    const Arguments& arguments = invocation.arguments;
    std::optional<toolchain::GoVersion> spec;
    if (!arguments.words.empty()) spec = toolchain::GoVersion::require(arguments.words[0]);
    const download::Settings settings = download::Settings::of(invocation.environment, places);
    const bool offline = settings.offline || arguments.has("offline");
    const download::Catalog catalog = download::read_catalog(
        settings, offline ? download::Network::offline : download::Network::online);
    say_limits(catalog, invocation.output);
    Json::Array list;
    std::string text;
    for (const download::Offer& offer : catalog.offers) {
        const bool wanted =
            arguments.has("all") || !offer.version.is_prerelease() || spec == offer.version;
        if (!wanted || !matches(offer.version, spec)) continue;
        const bool is_installed = store::find_installed(places, offer.version).has_value();
        list.push_back(to_json(offer, is_installed));
        text += base::format("{} {}\n", is_installed ? '*' : ' ', offer.version.name());
    }
    if (list.empty())
        throw base::Error{"no source lists such a release",
                          "gov list --remote --all lists all of them", ExitCode::no_release};
    invocation.output.result(arguments.has("json") ? Json{std::move(list)}.write() : text);
    return ExitCode::done;
}

std::vector<Row> rows_of(const Invocation& invocation, const store::Places& places) {
    const auto here = current(invocation, places);
    const auto fallback = store::default_version(places);
    std::vector<Row> rows;
    store::DiskUse use;
    for (store::Toolchain& toolchain : store::installed(places)) {
        Row row{std::move(toolchain), {}, {}, {}};
        row.is_current = here == row.toolchain.version;
        row.is_default = fallback == row.toolchain.version;
        if (invocation.arguments.has("size")) row.size = use.add(row.toolchain.goroot);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string size_text(const store::TreeSize& size) {
    constexpr double megabyte = 1e6;
    return base::format("  {:>7.1f} MB of {:>7.1f} MB",
                        static_cast<double>(size.allocated) / megabyte,
                        static_cast<double>(size.apparent) / megabyte);
}

std::string table(const std::vector<Row>& rows, bool with_receipt, const store::Places& places) {
    std::size_t width = 0;
    for (const Row& row : rows) width = std::max(width, row.toolchain.version.name().size());
    std::string text;
    store::TreeSize total;
    for (const Row& row : rows) {
        const bool has_more = with_receipt || row.is_default || row.size;
        text += base::format("{} {:<{}}{}{}{}\n", row.is_current ? '*' : ' ',
                             row.toolchain.version.name(), has_more ? width : 0,
                             row.size ? size_text(*row.size) : std::string{},
                             with_receipt ? long_text(row.toolchain, places) : std::string{},
                             row.is_default ? "  (default)" : "");
        if (!row.size) continue;
        total.allocated += row.size->allocated;
        total.apparent += row.size->apparent;
    }
    if (rows.size() > 1 && rows[0].size)
        text += base::format("  {:<{}}{}\n", "all", width, size_text(total));
    return text;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    if (invocation.arguments.has("remote")) return list_remote(invocation, places);
    if (!invocation.arguments.words.empty() || invocation.arguments.has("all") ||
        invocation.arguments.has("offline"))
        throw base::Error{"gov list: a version, --all and --offline go with --remote",
                          "gov list --remote", ExitCode::usage};
    const std::vector<Row> rows = rows_of(invocation, places);
    if (!invocation.arguments.has("json")) {
        invocation.output.result(table(rows, invocation.arguments.has("long"), places));
        return ExitCode::done;
    }
    Json::Array list;
    for (const Row& row : rows) list.push_back(to_json(row, places));
    invocation.output.result(Json{std::move(list)}.write());
    return ExitCode::done;
}

}  // namespace

constinit const Command list_command{
    .name = "list",
    .summary = "list the installed releases, or those that can be had",
    .words = "[VERSION]",
    .most_words = 1,
    .options = options,
    .help =
        "The one in effect in this directory is marked with a star. With --remote, the\n"
        "releases of every source, newest first and the installed ones marked, of one\n"
        "line (1.22) where it is named.",
    .run = run,
};

}  // namespace gov::commands
