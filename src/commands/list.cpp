// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "download/catalog.hpp"
#include "store/disk_use.hpp"
#include "store/installed.hpp"
#include "store/links.hpp"
#include "store/receipt.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

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

// The name of what is in effect here; empty also where a bad pin is in the way: a list is still a
// list.
std::string current(const Invocation& invocation, const store::Places& places) {
    try {
        const auto selection =
            activation::select(invocation.directory, invocation.environment, places);
        return selection ? selection->name() : std::string{};
    } catch (const base::Error&) {
        return {};
    }
}

// The default's name; empty where there is none.
std::string default_name(const store::Places& places) {
    const auto spec = store::default_spec(places);
    if (!spec) return {};
    if (spec->kind() == toolchain::VersionSpec::Kind::linked) return spec->text();
    if (const auto exact = spec->exact()) return exact->name();
    const auto toolchain = store::find_installed(places, *spec);
    return toolchain ? toolchain->name() : std::string{};
}

// What the list says of a toolchain.
struct Row {
    store::Toolchain toolchain;
    bool is_current;
    bool is_default;
    std::optional<store::TreeSize> size;  // where it was asked for
};

Json to_json(const Row& row, const store::Places& places) {
    Json::Object members{{"version", row.toolchain.version.name()},
                         {"name", row.toolchain.name()},
                         {"goroot", row.toolchain.goroot.native()},
                         {"current", row.is_current},
                         {"default", row.is_default}};
    if (!row.toolchain.link.empty()) {
        members.emplace_back("source", "linked");
        members.emplace_back("proved_by", "nothing");
    } else if (const auto receipt = store::read_receipt(places, row.toolchain.version)) {
        members.emplace_back("source", receipt->source);
        members.emplace_back("h1", receipt->h1);
        members.emplace_back("proved_by", receipt->proved_by);
        members.emplace_back("full", receipt->full);
        members.emplace_back("editable", receipt->editable);
    }
    if (row.size) {
        members.emplace_back("allocated", static_cast<std::int64_t>(row.size->allocated));
        members.emplace_back("apparent", static_cast<std::int64_t>(row.size->apparent));
    }
    return members;
}

std::string proof_text(const store::Receipt& receipt) {
    if (receipt.proof)
        return base::format("log: {} (record {})", receipt.proof->database,
                            receipt.proof->record_id);
    return receipt.is_proved() ? receipt.proved_by : "NOTHING (--insecure)";
}

std::string long_text(const store::Toolchain& toolchain, const store::Places& places) {
    if (!toolchain.link.empty())
        return base::format("  linked    nothing: {}  {}", toolchain.version.name(),
                            base::printable(toolchain.goroot.native()));
    const auto receipt = store::read_receipt(places, toolchain.version);
    if (!receipt) return "  no receipt";
    return base::format("  {:<8}  {}{}{}  {}", receipt->source, proof_text(*receipt),
                        receipt->full ? ", full" : "", receipt->editable ? ", editable" : "",
                        toolchain.goroot.native());
}

// What is listed of what there is.
class Filter {
public:
    // `known`: all versions that there are.
    Filter(const Arguments& arguments, std::span<const toolchain::GoVersion> known)
        : all_{arguments.has("all")}, newest_line_{toolchain::newest_line(known)} {
        if (!arguments.words.empty()) spec_ = toolchain::VersionSpec::require(arguments.words[0]);
    }

    bool admits(const toolchain::GoVersion& version) const {
        using Prereleases = toolchain::VersionSpec::Prereleases;
        if (!spec_) return all_ || !version.is_prerelease();
        return spec_->admits(version, newest_line_.value_or(version),
                             all_ ? Prereleases::all : Prereleases::where_named);
    }

private:
    bool all_;
    std::optional<toolchain::GoVersion> newest_line_;
    std::optional<toolchain::VersionSpec> spec_;
};

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
    const download::Settings settings = download::Settings::of(invocation.environment, places);
    const bool offline = settings.offline || arguments.has("offline");
    const download::Catalog catalog = download::read_catalog(
        settings, offline ? download::Network::offline : download::Network::online);
    say_limits(catalog, invocation.output);
    std::vector<toolchain::GoVersion> known;
    for (const download::Offer& offer : catalog.offers) known.push_back(offer.version);
    store::note_newest_line(places, known);
    const Filter filter{arguments, known};
    Json::Array list;
    std::string text;
    for (const download::Offer& offer : catalog.offers) {
        if (!filter.admits(offer.version)) continue;
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
    const std::string here = current(invocation, places);
    const std::string fallback = default_name(places);
    std::vector<store::Toolchain> toolchains = store::installed(places);
    std::vector<toolchain::GoVersion> known;
    for (const store::Toolchain& toolchain : toolchains) known.push_back(toolchain.version);
    std::ranges::move(store::linked(places), std::back_inserter(toolchains));
    const Filter filter{invocation.arguments, known};
    std::vector<Row> rows;
    store::DiskUse use;
    for (store::Toolchain& toolchain : toolchains) {
        const bool is_named = !invocation.arguments.words.empty();
        if (is_named && (!toolchain.link.empty() || !filter.admits(toolchain.version))) continue;
        Row row{std::move(toolchain), {}, {}, {}};
        row.is_current = here == row.toolchain.name();
        row.is_default = fallback == row.toolchain.name();
        if (invocation.arguments.has("size")) row.size = use.add(row.toolchain.goroot);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string size_text(const store::TreeSize& size) {
    constexpr double megabyte = 1e6;
    return base::format("  {:>7.1f} MB on disk  {:>7.1f} MB of files",
                        static_cast<double>(size.allocated) / megabyte,
                        static_cast<double>(size.apparent) / megabyte);
}

std::string table(const std::vector<Row>& rows, bool with_receipt, const store::Places& places) {
    std::size_t width = 0;
    for (const Row& row : rows) width = std::max(width, row.toolchain.name().size());
    std::string text;
    store::TreeSize total;
    for (const Row& row : rows) {
        const bool has_more = with_receipt || row.is_default || row.size;
        text += base::format("{} {:<{}}{}{}{}\n", row.is_current ? '*' : ' ', row.toolchain.name(),
                             has_more ? width : 0, row.size ? size_text(*row.size) : std::string{},
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
    if (invocation.arguments.has("all") || invocation.arguments.has("offline"))
        throw base::Error{"gov list: --all and --offline go with --remote", "gov list --remote",
                          ExitCode::usage};
    const std::vector<Row> rows = rows_of(invocation, places);
    if (rows.empty() && !invocation.arguments.words.empty())
        throw base::Error{base::format("no installed release is {}", invocation.arguments.words[0]),
                          "gov list --remote shows what can be installed", ExitCode::no_release};
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
    .topic = Topic::toolchains,
    .summary = "list the installed releases, or those that can be had",
    .words = "[VERSION]",
    .most_words = 1,
    .options = options,
    .help =
        "The one in effect in this directory is marked with a star. With --remote, the\n"
        "releases of every source, newest first and the installed ones marked. A line or\n"
        "a range (1.22, \">=1.21 <1.24\") lists what is in it.",
    .run = run,
};

}  // namespace gov::commands
