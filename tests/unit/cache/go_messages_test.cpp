// SPDX-License-Identifier: Apache-2.0
#include "cache/go_messages.hpp"

#include "base/base64.hpp"
#include "base/child_process.hpp"
#include "base/file.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace gov;
using namespace gov::cache;
using gov::tests::failure_of;

namespace {

const base::Digest digest = base::sha256(base::as_bytes("x"));
const std::string id = base::to_base64(digest);

// Calls `check` with a reader of `text`.
template <class Check>
void reading(const std::string& text, const Check& check) {
    base::Pipe pipe;
    std::jthread writer{[&] {
        try {
            base::write_all(pipe.writer.get(), base::as_bytes(text), "the pipe");
        } catch (const base::Error&) {
        }
        pipe.writer.reset();
    }};
    GoReader reader{pipe.reader.get()};
    check(reader);
    while (true) {  // lets the writer end
        try {
            if (!reader.next()) break;
        } catch (const base::Error&) {
        }
    }
}

}  // namespace

TEST_CASE("requests are read as the go command writes them") {
    const std::string body(3'000'000, 'b');
    const std::string text =
        "{\"ID\":1,\"Command\":\"get\",\"ActionID\":\"" + id + "\"}\n\n" +
        "{\"ID\":2,\"Command\":\"put\",\"ActionID\":\"" + id + "\",\"OutputID\":\"" + id +
        "\",\"BodySize\":3000000}\n\n\"" + base::to_base64(base::as_bytes(body)) + "\"\n" +
        "{\"ID\":3,\"Command\":\"put\",\"ActionID\":\"" + id + "\",\"ObjectID\":\"" + id +
        "\"}\n\n{\"ID\":4,\"Command\":\"close\"}\n";
    reading(text, [&](GoReader& reader) {
        auto request = reader.next();
        REQUIRE(request);
        CHECK(request->command == GoRequest::Command::get);
        CHECK(request->action == digest);
        request = reader.next();
        REQUIRE(request);
        CHECK(request->id == 2);
        CHECK(reader.body(*request) == body);
        request = reader.next();  // of Go before 1.24, and empty
        REQUIRE(request);
        CHECK(request->output == digest);
        CHECK(reader.body(*request).empty());
        request = reader.next();
        REQUIRE(request);
        CHECK(request->command == GoRequest::Command::close);
        CHECK_FALSE(reader.next());
    });
}

TEST_CASE("what makes no sense is an error") {
    for (const std::string text :
         {"{\"ID\":1,\"Command\":\"get\"}\n",
          "{\"ID\":1,\"Command\":\"get\",\"ActionID\":\"AAAA\"}\n", "not JSON\n"})
        reading(text, [](GoReader& reader) {
            CHECK(failure_of([&] { reader.next(); }).code == base::ExitCode::failed);
        });
    const std::string put = "{\"ID\":2,\"Command\":\"put\",\"ActionID\":\"" + id +
                            "\",\"OutputID\":\"" + id + "\",\"BodySize\":4}\n";
    for (const std::string body : {"", "\n\"AAAA\"\n", "\nAAAAAA==\n", "\n\"A\"\n", "\n\"AAAAAA=="})
        reading(put + body, [](GoReader& reader) {
            const auto request = reader.next();
            REQUIRE(request);
            CHECK(failure_of([&] { reader.body(*request); }).code == base::ExitCode::failed);
        });
}

TEST_CASE("an unknown command is no error: go may learn new ones") {
    reading("{\"ID\":7,\"Command\":\"get2\"}\n", [](GoReader& reader) {
        const auto request = reader.next();
        REQUIRE(request);
        CHECK(request->command == GoRequest::Command::unknown);
        CHECK(request->id == 7);
    });
}

TEST_CASE("answers are lines of JSON") {
    CHECK(greeting() == "{\"ID\":0,\"KnownCommands\":[\"get\",\"put\",\"close\"]}\n");
    CHECK(miss(5) == "{\"ID\":5,\"Miss\":true}\n");
    CHECK(hit(5, {digest, 3, 1'000'000'001}, "/cache/ab") ==
          "{\"ID\":5,\"OutputID\":\"" + id +
              "\",\"Size\":3,\"Time\":\"1970-01-01T00:00:01.000000001Z\",\"DiskPath\":\"/cache/"
              "ab\"}\n");
    CHECK(stored(6, "/cache/ab") == "{\"ID\":6,\"DiskPath\":\"/cache/ab\"}\n");
    CHECK(failed(7, "the disk is full") == "{\"ID\":7,\"Err\":\"the disk is full\"}\n");
    CHECK(closed(8) == "{\"ID\":8}\n");
}

TEST_CASE("times are those of RFC 3339") {
    CHECK(rfc3339(0) == "1970-01-01T00:00:00.000000000Z");
    CHECK(rfc3339(1'709'210'096'123'456'789) == "2024-02-29T12:34:56.123456789Z");
}
