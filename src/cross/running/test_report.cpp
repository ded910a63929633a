// SPDX-License-Identifier: Apache-2.0
#include "cross/running/test_report.hpp"

#include "base/aligned_table.hpp"
#include "base/format.hpp"
#include "base/or_null.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cross/diagnosis/diagnosis.hpp"
#include "cross/diagnosis/diagnosis_text.hpp"

#include <algorithm>
#include <array>

namespace gov::cross {

namespace {

using base::Json;

using Row = std::array<std::string, 7>;

std::int64_t count(const TargetTests& target, TestResult result) {
    std::int64_t number = 0;
    for (const PackageTests& package : target.packages)
        number += std::ranges::count(package.cases, result, &TestCase::result);
    return number;
}

Row row_of(const TargetTests& target) {
    const std::int64_t failed =
        count(target, TestResult::failed) + count(target, TestResult::timed_out);
    Row row{target.target.str(),
            target.runner.empty() ? "-" : target.runner,
            base::format("{}", target.packages.size()),
            base::format("{}", count(target, TestResult::passed)),
            base::format("{}", failed),
            base::format("{:.1f} s", static_cast<double>(target.milliseconds) / 1000),
            std::string{name_of(target.result)}};
    for (std::string& cell : row) cell = base::printable(cell);
    return row;
}

void add_lines(std::string_view text, std::vector<std::string>& lines) {
    for (const std::string_view text_line : base::lines_of(text)) {
        std::string line{text_line};
        std::ranges::replace(line, '\t', ' ');  // which go and tests indent and separate with
        if (!line.empty()) lines.push_back("  " + base::printable(line));
    }
}

bool is_trouble(TestResult result) {
    return result >= TestResult::not_run;
}

void add_package(const TargetTests& target, const PackageTests& package,
                 std::vector<std::string>& lines) {
    if (!is_trouble(package.result)) return;
    lines.push_back(base::format("{}: {}: {}", target.target.str(),
                                 base::printable(package.package), name_of(package.result)));
    add_lines(package.reason, lines);
    for (const TestCase& test : package.cases)
        if (is_trouble(test.result)) {
            lines.push_back(
                base::format("  {}: {}", base::printable(test.name), name_of(test.result)));
            add_lines(test.output, lines);
        }
    add_lines(package.output, lines);
}

Json json_of(const TestCase& test) {
    return Json::Object{{"test", test.name},
                        {"result", name_of(test.result)},
                        {"milliseconds", test.milliseconds},
                        {"output", test.output}};
}

Json json_of(const PackageTests& package) {
    Json::Array cases;
    for (const TestCase& test : package.cases) cases.push_back(json_of(test));
    return Json::Object{{"package", package.package},
                        {"result", name_of(package.result)},
                        {"reason", base::or_null(package.reason)},
                        {"milliseconds", package.milliseconds},
                        {"tests", std::move(cases)},
                        {"output", is_trouble(package.result) ? Json{package.output} : Json{}}};
}

Json json_of(const TargetTests& target) {
    Json::Array packages;
    for (const PackageTests& package : target.packages) packages.push_back(json_of(package));
    return Json::Object{
        {"target", target.target.str()},    {"runner", base::or_null(target.runner)},
        {"result", name_of(target.result)}, {"reason", base::or_null(target.reason)},
        {"c", to_json(target.c)},           {"milliseconds", target.milliseconds},
        {"packages", std::move(packages)},  {"log", target.log}};
}

}  // namespace

std::string table_of(const std::vector<TargetTests>& targets) {
    std::vector<Row> rows{{"TARGET", "RUNNER", "PACKAGES", "PASSED", "FAILED", "TIME", "RESULT"}};
    for (const TargetTests& target : targets) rows.push_back(row_of(target));
    return base::aligned_table(rows);
}

Json json_of(std::string_view go_version, const std::vector<TargetTests>& targets) {
    Json::Array list;
    for (const TargetTests& target : targets) list.push_back(json_of(target));
    return Json::Object{{"go_version", go_version}, {"targets", std::move(list)}};
}

std::vector<std::string> troubles_of(const std::vector<TargetTests>& targets) {
    std::vector<std::string> lines;
    for (const TargetTests& target : targets) {
        for (const PackageTests& package : target.packages) add_package(target, package, lines);
        if (!target.reason.empty()) {
            lines.push_back(base::format("{}: {}", target.target.str(), name_of(target.result)));
            add_lines(target.reason, lines);
            if (!target.hint.empty()) add_lines("try: " + target.hint, lines);
        }
        if (is_trouble(target.result)) add_lines(target.log, lines);
        if (target.result == TestResult::not_built)
            for (const Diagnosis& diagnosis : diagnose(target.log, target.target))
                add_lines(to_text(diagnosis), lines);
        if (!target.machine_problem.empty())
            lines.push_back(base::format("{}: stopping its machine: {}", target.target.str(),
                                         base::printable(target.machine_problem)));
    }
    return lines;
}

}  // namespace gov::cross
