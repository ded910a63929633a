// SPDX-License-Identifier: Apache-2.0
#include "download/gzip_stream.hpp"

#include "base/error.hpp"
#include "crafted.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

using gov::base::ExitCode;
using gov::download::ArchiveFile;
using gov::download::GzipStream;
using gov::download::tests::file_with;
using gov::download::tests::gzipped;
using gov::tests::Failure;
using gov::tests::failure_of;

namespace {

std::string content_of(std::string_view packed) {
    const auto file = file_with(packed);
    ArchiveFile archive{file.get()};
    GzipStream stream{archive};
    std::string content;
    for (auto block = stream.next(); !block.empty(); block = stream.next())
        content.append(block.begin(), block.end());
    return content;
}

// More than the stream keeps ready, and not to be deflated into nothing.
std::string long_text() {
    std::string text;
    unsigned state = 1;
    while (text.size() < 6'000'000) {
        state = state * 1664525U + 1013904223U;
        text += static_cast<char>(state >> 28U);
    }
    return text;
}

}  // namespace

TEST_CASE("a file is inflated from start to end") {
    CHECK(content_of(gzipped("")) == "");
    CHECK(content_of(gzipped("text")) == "text");
    const std::string text = long_text();
    CHECK((content_of(gzipped(text)) == text));
}

TEST_CASE("nothing may follow the member, not even another one") {
    const std::string whole = gzipped("text");
    for (const std::string& tail :
         {std::string{"x"}, std::string(1, '\0'), whole, std::string(1'000'000, '\0')}) {
        const Failure failure = failure_of([&] { content_of(whole + tail); });
        CHECK(failure.code == ExitCode::verification);
        CHECK(failure.message == "the archive has bytes after its end");
    }
}

TEST_CASE("a member that is cut anywhere is refused") {
    const std::string whole = gzipped("text and more text");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK(failure_of([&] { content_of(whole.substr(0, length)); }).code ==
              ExitCode::verification);
    }
}

TEST_CASE("what is no gzip is refused") {
    for (const char* text : {"PK\3\4 and so on", "<!DOCTYPE html>", "\x1f\x8b\x07"})
        CHECK(failure_of([&] { content_of(text); }).code == ExitCode::verification);
}

TEST_CASE("a stream may be left before its end") {
    const auto file = file_with(gzipped(long_text()));
    ArchiveFile archive{file.get()};
    GzipStream stream{archive};
    CHECK_FALSE(stream.next().empty());
}
