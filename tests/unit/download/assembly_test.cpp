// SPDX-License-Identifier: Apache-2.0
#include "download/assembly.hpp"

#include "crafted.hpp"
#include "download/little_endian.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <thread>
#include <vector>

using namespace gov::download;
using gov::base::as_bytes;
using gov::download::tests::file_with;

namespace {

// Remembers what it was told, and checks the order of it.
class Told : public Arrivals {
public:
    void restarts() override {
        ++restarted;
        beginning = 0;
    }
    void contiguous(std::uint64_t bytes) override {
        CHECK(bytes >= beginning);
        beginning = bytes;
    }
    void progress(std::uint64_t now, std::uint64_t of) override {
        received = now;
        total = of;
    }

    int restarted = 0;
    std::uint64_t beginning = 0;
    std::uint64_t received = 0;
    std::uint64_t total = 0;
};

std::string hash_of(std::string_view content) {
    return gov::base::to_hex(gov::base::sha256(as_bytes(content)));
}

std::string random_text(std::size_t size) {
    std::minstd_rand chance{7};
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(chance());
    return text;
}

}  // namespace

TEST_CASE("bytes that come in order are told of at once") {
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.set_total(8);
    assembly.write(0, as_bytes("abcd"));
    CHECK(told.beginning == 4);
    CHECK(told.total == 8);
    assembly.write(4, as_bytes("efgh"));
    CHECK(assembly.contiguous() == 8);
    CHECK(assembly.finish_sha256() == hash_of("abcdefgh"));
    CHECK(told.restarted == 0);
}

TEST_CASE("parts out of order count from the beginning only, and hash in order") {
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.write(6, as_bytes("gh"));
    assembly.write(2, as_bytes("cd"));
    CHECK(told.beginning == 0);
    CHECK(told.received == 4);
    assembly.write(0, as_bytes("ab"));
    CHECK(told.beginning == 4);
    assembly.write(4, as_bytes("ef"));
    CHECK(told.beginning == 8);
    CHECK(assembly.finish_sha256() == hash_of("abcdefgh"));
}

TEST_CASE("what was there before is told of first and hashed") {
    const auto file = file_with("abcdXXXX");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.take_over(4);
    CHECK(told.beginning == 4);
    CHECK(size_of(file.get()) == 4);
    assembly.write(4, as_bytes("e"));
    CHECK(assembly.finish_sha256() == hash_of("abcde"));
}

TEST_CASE("a new beginning makes everything void") {
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.restart();
    CHECK(told.restarted == 0);
    assembly.write(0, as_bytes("abcd"));
    assembly.write(9, as_bytes("x"));
    assembly.restart();
    CHECK(told.restarted == 1);
    CHECK(size_of(file.get()) == 0);
    assembly.write(0, as_bytes("zz"));
    CHECK(assembly.finish_sha256() == hash_of("zz"));
}

TEST_CASE("an earlier run's file is void, too, where it cannot be gone on with") {
    const auto file = file_with("old");
    Told told;
    Assembly{file.get(), told}.restart();
    CHECK(told.restarted == 1);
    CHECK(size_of(file.get()) == 0);
}

TEST_CASE("what lies behind a gap can be given up") {
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.write(0, as_bytes("ab"));
    assembly.write(4, as_bytes("XX"));
    assembly.close_gaps(0);
    CHECK(size_of(file.get()) == 2);
    assembly.write(2, as_bytes("cdef"));
    CHECK(assembly.contiguous() == 6);
    CHECK(assembly.finish_sha256() == hash_of("abcdef"));
}

TEST_CASE("the end stays where what lies behind a gap is given up") {
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    assembly.write(8, as_bytes("yz"));
    assembly.write(0, as_bytes("ab"));
    assembly.write(4, as_bytes("XX"));
    assembly.close_gaps(8);
    CHECK(size_of(file.get()) == 10);
    assembly.write(2, as_bytes("cdefgh"));
    CHECK(assembly.contiguous() == 10);
    CHECK(assembly.finish_sha256() == hash_of("abcdefghyz"));
}

TEST_CASE("several threads may write") {
    const std::string text = random_text(1 << 20);
    const auto file = file_with("");
    Told told;
    Assembly assembly{file.get(), told};
    constexpr std::size_t threads = 4;
    constexpr std::size_t piece = 4096;
    {
        std::vector<std::jthread> writers;
        for (std::size_t i = 0; i < threads; ++i)
            writers.emplace_back([&, i] {
                for (std::size_t at = i * piece; at < text.size(); at += threads * piece)
                    assembly.write(at, as_bytes(std::string_view{text}.substr(at, piece)));
            });
    }
    CHECK(told.beginning == text.size());
    CHECK(assembly.finish_sha256() == hash_of(text));
    CHECK(read_exactly(file.get(), 0, text.size()) == text);
}
