// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/running/test_report.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

// `text` as an attribute or between tags. XML 1.0 has no way to write most control characters, and
// what is not UTF-8 would make the whole file unreadable.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '&')
            result += "&amp;";
        else if (letter == '<')
            result += "&lt;";
        else if (letter == '>')
            result += "&gt;";
        else if (letter == '"')
            result += "&quot;";
        else if (letter == '\n')
            result += "&#10;";
        else if (byte >= 0x20 || letter == '\t')
            result += letter;
    }
    return base::is_utf8(result) ? result : base::printable(result);
}

std::string seconds(std::int64_t milliseconds) {
    return base::format("{:.3f}", static_cast<double>(milliseconds) / 1000);
}

std::string element(std::string_view name, std::string_view message, std::string_view text) {
    return base::format("      <{} message=\"{}\">{}</{}>\n", name, escaped(message), escaped(text),
                        name);
}

bool is_failure(TestResult result) {
    return result == TestResult::failed || result == TestResult::timed_out;
}

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
};

class Suite {
public:
    Suite(std::string name, std::int64_t milliseconds)
        : name_{std::move(name)}, milliseconds_{milliseconds} {}

    void add(std::string_view test, std::int64_t milliseconds, TestResult result,
             std::string_view message, std::string_view output) {
        ++counts_.tests;
        text_ += base::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{}\">\n",
                              escaped(name_), escaped(test), seconds(milliseconds));
        if (is_failure(result)) {
            ++counts_.failures;
            text_ += element("failure", message, output);
        } else if (result == TestResult::skipped || result == TestResult::compiled) {
            ++counts_.skipped;
            text_ += element("skipped", message, output);
        } else if (result != TestResult::passed) {
            ++counts_.errors;
            text_ += element("error", message, output);
        }
        text_ += "    </testcase>\n";
    }

    std::string text() const {
        return base::format(
                   "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
                   "skipped=\"{}\" time=\"{}\">\n",
                   escaped(name_), counts_.tests, counts_.failures, counts_.errors, counts_.skipped,
                   seconds(milliseconds_)) +
               text_ + "  </testsuite>\n";
    }

private:
    std::string name_;
    std::int64_t milliseconds_;
    Counts counts_;
    std::string text_;
};

std::string suite_of(const TargetTests& target, const PackageTests& package) {
    if (package.result == TestResult::no_tests) return {};
    Suite suite{target.target.str() + " " + package.package, package.milliseconds};
    bool tells_why = package.result == TestResult::passed;
    for (const TestCase& test : package.cases) {
        tells_why = tells_why || is_failure(test.result);
        suite.add(test.name, test.milliseconds, test.result, name_of(test.result), test.output);
    }
    // What no test of its own tells: a build that failed, a program that ended too early.
    if (!tells_why)
        suite.add("(package)", package.milliseconds, package.result,
                  package.reason.empty() ? name_of(package.result) : package.reason,
                  package.output);
    return suite.text();
}

}  // namespace

std::string junit_of(std::string_view go_version, const std::vector<TargetTests>& targets) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += base::format("<testsuites name=\"{}\">\n", escaped(go_version));
    for (const TargetTests& target : targets) {
        for (const PackageTests& package : target.packages) text += suite_of(target, package);
        if (target.reason.empty() || target.result == TestResult::compiled) continue;
        Suite suite{target.target.str(), target.milliseconds};
        suite.add("(target)", target.milliseconds, target.result, target.reason, target.log);
        text += suite.text();
    }
    return text + "</testsuites>\n";
}

}  // namespace gov::cross
