// SPDX-License-Identifier: Apache-2.0
#include "store/receipt.hpp"

#include "store/installed.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::store;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
using gov::toolchain::GoVersion;

namespace {

const std::string h1 = "h1:tUmIwDM5wGWYN+Jq83N7SnTsiDY3bDsDpWLPJAVPMjI=";

Receipt sample() {
    return {GoVersion::require("1.22.6"),
            {"linux", "amd64"},
            "download",
            "https://go.dev/dl/go1.22.6.linux-amd64.tar.gz",
            std::string(64, 'a'),
            h1,
            "log",
            gov::proof::Proof{.database = "sum.golang.org",
                              .module = "golang.org/toolchain",
                              .version = "v0.0.1-go1.22.6.linux-amd64",
                              .h1 = h1,
                              .record_id = 26'543'210,
                              .record = "a record\n",
                              .tree_note = "a note\n\n\u2014 signed\n",
                              .path = {gov::base::Digest{1, 2, 3}, gov::base::Digest{}}}};
}

// What is said of a receipt file with this content.
gov::tests::Failure failure_for(const std::string& content) {
    const Sandbox sandbox;
    sandbox.write("gov/receipts/go1.22.6.json", content);
    return failure_of(
        [&] { read_receipt(Places::of(sandbox.environment()), GoVersion::require("1.22.6")); });
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a receipt is read back as it was written") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const Receipt written = sample();
    CHECK_FALSE(read_receipt(places, written.version));
    write_receipt(places, written);
    const auto read = read_receipt(places, written.version);
    REQUIRE(read);
    CHECK(read->version == written.version);
    CHECK(read->platform == written.platform);
    CHECK(read->source == written.source);
    CHECK(read->url == written.url);
    CHECK(read->archive_sha256 == written.archive_sha256);
    CHECK(read->h1 == written.h1);
    CHECK(read->proved_by == written.proved_by);
    CHECK(read->proof == written.proof);
}

TEST_CASE("a release that the log does not cover has a receipt without a proof") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    Receipt receipt = sample();
    receipt.proved_by = "index";
    receipt.proof.reset();
    write_receipt(places, receipt);
    CHECK_FALSE(read_receipt(places, receipt.version)->proof);
}

TEST_CASE("what nothing proved has its receipt in a place of its own") {
    const Sandbox sandbox;
    const Places places = Places::of(sandbox.environment());
    const Receipt proved = sample();
    Receipt unproved = sample();
    unproved.proved_by = "nothing";
    unproved.proof.reset();
    for (const Receipt& receipt : {proved, unproved, proved}) {
        write_receipt(places, receipt);
        CHECK(read_receipt(places, receipt.version)->proved_by == receipt.proved_by);
        CHECK(is_proved(places, receipt.version) == receipt.is_proved());
        CHECK(std::filesystem::exists(places.unproved_receipt(receipt.version)) !=
              receipt.is_proved());
    }
    write_receipt(places, unproved);
    std::filesystem::rename(places.unproved_receipt(proved.version),
                            places.receipt(proved.version));
    const auto failure = failure_of([&] { read_receipt(places, proved.version); });
    CHECK(failure.code == ExitCode::verification);
}

TEST_CASE("a damaged receipt is refused with the way out") {
    const Sandbox sandbox;
    write_receipt(Places::of(sandbox.environment()), sample());
    const std::string whole = sandbox.read("gov/receipts/go1.22.6.json");
    CHECK(failure_for(whole).code == ExitCode::done);
    for (const std::string& damaged :
         {std::string{}, std::string{"[]"}, whole.substr(0, whole.size() / 2),
          replaced(whole, "go1.22.6", "go1.22.7"), replaced(whole, "go1.22.6", "latest"),
          replaced(whole, "\"url\"", "\"lru\""), replaced(whole, h1, ""),
          replaced(whole, "26543210", "\"26543210\""),
          replaced(whole, "\"proof\": {", "\"proof\": {\"proof\": 1,")}) {
        CAPTURE(damaged);
        const auto failure = failure_for(damaged);
        CHECK(failure.code == ExitCode::verification);
        CHECK(failure.message.find("receipts/go1.22.6.json is damaged: ") != std::string::npos);
        CHECK(failure.hint == "gov uninstall go1.22.6 and gov install go1.22.6");
    }
}
