// SPDX-License-Identifier: Apache-2.0
#include "download/inflater.hpp"

#include "base/error.hpp"
#include "crafted.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gov::download;
using gov::base::as_bytes;
using gov::base::ExitCode;
using gov::download::tests::deflated;
using gov::download::tests::gzipped;
using gov::tests::failure_of;

namespace {

struct Inflated {
    std::string content;
    std::size_t consumed = 0;
    bool finished = false;
};

// `packed` inflated by pieces of `in` bytes into pieces of `out` bytes.
Inflated inflated(Inflater& inflater, std::string_view packed, std::size_t in, std::size_t out) {
    Inflated result;
    std::vector<std::uint8_t> piece(out);
    while (!result.finished) {
        const auto input = as_bytes(packed.substr(result.consumed, in));
        const auto step = inflater.inflate(input, piece);
        result.content.append(piece.begin(),
                              piece.begin() + static_cast<std::ptrdiff_t>(step.produced));
        result.consumed += step.consumed;
        result.finished = step.finished;
        if (step.consumed == 0 && step.produced == 0 && !step.finished) break;
    }
    return result;
}

std::string sample() {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += std::to_string(i * i) + (i % 7 == 0 ? "\n" : " ");
    return text;
}

}  // namespace

TEST_CASE("both wrappings are undone, whatever the pieces they come in") {
    const std::string text = sample();
    for (const auto& [wrapping, packed] :
         {std::pair{Wrapping::raw, deflated(text)}, std::pair{Wrapping::gzip, gzipped(text)}}) {
        const auto inflater = Inflater::make(wrapping);
        for (const std::size_t in : {std::size_t{97}, packed.size()})
            for (const std::size_t out : {std::size_t{113}, std::size_t{1} << 20U}) {
                const Inflated result = inflated(*inflater, packed, in, out);
                CHECK(result.finished);
                CHECK(result.consumed == packed.size());
                CHECK((result.content == text));
                inflater->reset();
            }
    }
}

TEST_CASE("a gzip stream ends before what follows it") {
    const std::string packed = gzipped("text");
    const auto inflater = Inflater::make(Wrapping::gzip);
    const Inflated result = inflated(*inflater, packed + "more", 1000, 1000);
    CHECK(result.finished);
    CHECK(result.consumed == packed.size());
    CHECK(result.content == "text");
}

TEST_CASE("what follows a raw stream is refused or left over") {
    const std::string packed = deflated("text");
    for (const char* tail : {"1", "1234567", "12345678", "123456789 and more"}) {
        CAPTURE(std::string{tail});
        const auto inflater = Inflater::make(Wrapping::raw);
        Inflated result;
        const auto failure =
            failure_of([&] { result = inflated(*inflater, packed + tail, 1000, 1000); });
        if (failure.code == ExitCode::done)
            CHECK(result.consumed == packed.size());
        else
            CHECK(failure.code == ExitCode::verification);
    }
}

TEST_CASE("a stream that is cut short never counts as finished") {
    const std::string packed = gzipped(sample());
    for (std::size_t length = 0; length < packed.size(); length += 1 + packed.size() / 50) {
        const auto inflater = Inflater::make(Wrapping::gzip);
        CHECK_FALSE(inflated(*inflater, packed.substr(0, length), 64, 4096).finished);
    }
}

TEST_CASE("a flipped bit is found out, or changes nothing") {
    const std::string text = sample();
    const std::string whole = gzipped(text);
    for (std::size_t i = 0; i < whole.size(); i += i < 12 || i > whole.size() - 12 ? 1 : 41) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 4);
        const auto inflater = Inflater::make(Wrapping::gzip);
        Inflated result;
        const auto failure = failure_of([&] { result = inflated(*inflater, damaged, 512, 65536); });
        CAPTURE(i);
        if (failure.code == ExitCode::done)
            CHECK((!result.finished || result.content == text));
        else
            CHECK(failure.code == ExitCode::verification);
    }
}

TEST_CASE("an inflater can be used again after damage") {
    const auto inflater = Inflater::make(Wrapping::raw);
    CHECK(failure_of([&] { inflated(*inflater, "\xff\xff\xff\xff", 4, 64); }).code ==
          ExitCode::verification);
    inflater->reset();
    CHECK(inflated(*inflater, deflated("again"), 64, 64).content == "again");
}

TEST_CASE("check sums are zip's and can be continued") {
    CHECK(gov::download::crc32(0, as_bytes("123456789")) == 0xCBF43926);
    CHECK(gov::download::crc32(gov::download::crc32(0, as_bytes("12345")), as_bytes("6789")) ==
          0xCBF43926);
    CHECK(gov::download::crc32(0, {}) == 0);
}
