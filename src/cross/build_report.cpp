// SPDX-License-Identifier: Apache-2.0
#include "cross/build_report.hpp"

#include "base/aligned_table.hpp"
#include "base/format.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cross/artifact/artifact_json.hpp"
#include "cross/artifact/verification.hpp"
#include "cross/diagnosis/diagnosis_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gov::cross {

namespace {

using base::Json;

using Row = std::array<std::string, 6>;

std::string_view result_of(const BuildOutcome& outcome) {
    switch (outcome.result) {
        case BuildResult::proved:
            return "proved";
        case BuildResult::failed:
            return "failed";
        case BuildResult::refused:
            return "refused";
        case BuildResult::skipped:
            return "skipped";
    }
    return {};
}

std::string size_text(std::uint64_t size) {
    return base::format("{:.1f} MB", static_cast<double>(size) / 1e6);
}

std::string format_text(const Artifact& artifact) {
    return base::format("{} {}", name_of(artifact.format), artifact.arch);
}

Row row_of(const BuildOutcome& outcome) {
    Row row{outcome.target.str(), "-", "-", "-", "-", std::string{result_of(outcome)}};
    if (outcome.result == BuildResult::proved) row[1] = outcome.file.native();
    if (outcome.size != 0) row[2] = size_text(outcome.size);
    if (outcome.artifact) {
        row[3] = format_text(*outcome.artifact);
        if (const auto& info = outcome.artifact->build_info) row[4] = info->go_version;
    }
    for (std::string& cell : row) cell = base::printable(cell);
    return row;
}

// What is wrong with `outcome`; empty if nothing is.
std::string trouble_of(const BuildOutcome& outcome) {
    std::string warnings;
    for (const Finding& finding : outcome.findings)
        if (finding.level == Level::warning)
            warnings += base::format("warning: {}: {}\n", finding.rule, finding.message);
    if (outcome.result == BuildResult::proved) return warnings;
    std::string text = outcome.result == BuildResult::refused
                           ? "built, but it is not what was asked for, so it is gone:\n"
                       : outcome.result == BuildResult::skipped ? "skipped:\n"
                                                                : "not built:\n";
    for (const Finding& finding : outcome.findings)
        if (finding.level == Level::error)
            text += base::format("{}: {}\n", finding.rule, finding.message);
    if (outcome.result == BuildResult::failed) text += outcome.log;
    if (!text.ends_with('\n')) text += '\n';
    for (const Diagnosis& diagnosis : outcome.diagnoses) text += to_text(diagnosis);
    return text;
}

void add_lines(std::string_view text, std::string_view targets, std::vector<std::string>& lines) {
    bool first = true;
    for (const std::string_view text_line : base::lines_of(text)) {
        const std::string line = base::printable(text_line);
        if (!line.empty())
            lines.push_back(first ? base::format("{}: {}", targets, line) : "  " + line);
        first = false;
    }
}

Json json_of(const BuildOutcome& outcome) {
    Json::Array normalised(outcome.normalised.begin(), outcome.normalised.end());
    const bool stands = outcome.result == BuildResult::proved;
    return Json::Object{
        {"target", outcome.target.str()},
        {"build", base::or_null(outcome.build)},
        {"result", result_of(outcome)},
        {"file", stands ? Json{outcome.file.native()} : Json{}},
        {"size", stands ? Json{static_cast<std::int64_t>(outcome.size)} : Json{}},
        {"c", to_json(outcome.c)},
        {"findings", to_json(outcome.findings)},
        {"normalised", std::move(normalised)},
        {"packed_from",
         stands && !outcome.packed_from.empty() ? Json{"sha256:" + outcome.packed_from} : Json{}},
        {"checksum", stands ? Json{"sha256:" + outcome.digest} : Json{}},
        {"log", outcome.log},
        {"diagnoses", to_json(outcome.diagnoses)},
        {"log_file", base::or_null(outcome.log_file.native())},
        {"artifact", outcome.artifact ? to_json(*outcome.artifact) : Json{}},
    };
}

}  // namespace

std::string table_of(const std::vector<BuildOutcome>& outcomes) {
    std::vector<Row> rows{{"TARGET", "FILE", "SIZE", "FORMAT", "GO", "RESULT"}};
    for (const BuildOutcome& outcome : outcomes) rows.push_back(row_of(outcome));
    return base::aligned_table(rows);
}

Json json_of(const ReportHead& head, const std::vector<BuildOutcome>& outcomes) {
    Json::Array artifacts;
    for (const BuildOutcome& outcome : outcomes) artifacts.push_back(json_of(outcome));
    return Json::Object{{"go_version", head.go_version},
                        {"goroot", head.goroot},
                        {"version", base::or_null(head.version)},
                        {"artifacts", std::move(artifacts)}};
}

std::vector<std::string> troubles_of(const std::vector<BuildOutcome>& outcomes) {
    std::vector<std::pair<std::string, std::string>> groups;  // what is wrong, and for whom
    for (const BuildOutcome& outcome : outcomes) {
        const std::string trouble = trouble_of(outcome);
        if (trouble.empty()) continue;
        const auto same = std::find_if(groups.begin(), groups.end(),
                                       [&](const auto& group) { return group.first == trouble; });
        if (same == groups.end())
            groups.emplace_back(trouble, outcome.target.str());
        else
            same->second += ", " + outcome.target.str();
    }
    std::vector<std::string> lines;
    for (const auto& [trouble, targets] : groups) add_lines(trouble, targets, lines);
    return lines;
}

}  // namespace gov::cross
