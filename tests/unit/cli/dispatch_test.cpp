// SPDX-License-Identifier: Apache-2.0
#include "cli/dispatch.hpp"

#include "base/unique_fd.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace {

// Collects what goes to a descriptor of this process until it is taken back.
class Captured {
public:
    explicit Captured(int target)
        : target_{target}, original_{::dup(target)}, file_{::memfd_create("captured", 0)} {
        REQUIRE(original_);
        REQUIRE(file_);
        ::dup2(file_.get(), target_);
    }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured() {
        if (original_) ::dup2(original_.get(), target_);
    }

    std::string text() const {
        std::string text(65536, '\0');
        const ssize_t size = ::pread(file_.get(), text.data(), text.size(), 0);
        text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
        return text;
    }

private:
    int target_;
    gov::base::UniqueFd original_;
    gov::base::UniqueFd file_;
};

struct Ended {
    int status;
    std::string output;
    std::string errors;
};

Ended run(const std::vector<std::string_view>& words) {
    const Captured output{STDOUT_FILENO};
    const Captured errors{STDERR_FILENO};
    const int status = gov::cli::dispatch("gov", words);
    return {status, output.text(), errors.text()};
}

}  // namespace

TEST_CASE("what was asked for goes to standard output, and nothing else does") {
    const Ended version = run({"--version"});
    CHECK(version.status == 0);
    CHECK(version.output == "gov " GOV_VERSION "\n");
    CHECK(version.errors.empty());
    for (const std::vector<std::string_view>& words : {std::vector<std::string_view>{"help"},
                                                       {"help", "help"},
                                                       {"help", "--help"},
                                                       {"--help"},
                                                       {"-h"},
                                                       {"help", "install"},
                                                       {"install", "--help"},
                                                       {"install", "go1.22.6", "-h"},
                                                       {"help", "cross", "build"},
                                                       {"cross", "build", "--help"},
                                                       {"help", "cross"},
                                                       {"cross", "--help"},
                                                       {"trust", "-h"}}) {
        const Ended help = run(words);
        CAPTURE(std::string{words.back()});
        CHECK(help.status == 0);
        CHECK_FALSE(help.output.empty());
        CHECK(help.errors.empty());
    }
}

TEST_CASE("gov alone explains itself on standard error and is a usage error") {
    const Ended ended = run({});
    CHECK(ended.status == 2);
    CHECK(ended.output.empty());
    CHECK(ended.errors.find("usage: gov COMMAND") != std::string::npos);
}

TEST_CASE("the first word of several commands lists these and no others") {
    const Ended ended = run({"cross"});
    CHECK(ended.status == 2);
    CHECK(ended.output.empty());
    CHECK(ended.errors == run({"help", "cross"}).output);
    CHECK(ended.errors.find("\n  cross build ") != std::string::npos);
    CHECK(ended.errors.find("trust list") == std::string::npos);
}

TEST_CASE("every usage error ends with 2, a line on what is wrong and a line on what to do") {
    struct Case {
        std::vector<std::string_view> words;
        const char* message;
        const char* hint;
    };
    for (const Case& wrong : {
             Case{{"instal"}, "there is no command instal", "did you mean gov install?"},
             Case{{"frobnicate"}, "there is no command frobnicate", "see gov help"},
             Case{{"\x1b[2J"}, "there is no command \\x1b[2J", "see gov help"},
             Case{{"cross", "biuld"}, "there is no command cross biuld", "mean gov cross build?"},
             Case{{"help", "cross", "frobnicate"},
                  "there is no command cross frobnicate",
                  "see gov help cross"},
             Case{{"help", "instal"}, "there is no command instal", "did you mean gov install?"},
             Case{{"use"}, "gov use: VERSION is missing", "usage: gov use VERSION"},
             Case{{"uninstall"}, "gov uninstall: VERSION is missing", "; see gov help uninstall"},
             Case{{"link", "mine"}, "gov link: DIRECTORY is missing", "NAME DIRECTORY"},
             Case{{"cross", "run"}, "gov cross run: TARGET is missing", "usage: gov cross run"},
             Case{{"use", "1.22.6", "1.23.3"}, "gov use: one word too many: 1.23.3", "usage:"},
             Case{{"list", "--jsn"}, "there is no option --jsn", "did you mean --json?"},
             Case{{"use", "latestt"}, "\"latestt\" is no version", "did you mean latest?"},
             Case{{"use", "1.22.6.1"}, "\"1.22.6.1\" is not a Go version", "mean 1.22.6?"},
         }) {
        const Ended ended = run(wrong.words);
        CAPTURE(ended.errors);
        CHECK(ended.status == 2);
        CHECK(ended.output.empty());
        CHECK(ended.errors.starts_with("gov: "));
        CHECK(ended.errors.find(wrong.message) != std::string::npos);
        const auto hint = ended.errors.find("\ngov: hint: ");
        REQUIRE(hint != std::string::npos);
        CHECK(ended.errors.find(wrong.hint, hint) != std::string::npos);
    }
}
