// SPDX-License-Identifier: Apache-2.0
#include "download/archive_file.hpp"

#include "base/child_process.hpp"
#include "base/file.hpp"
#include "crafted.hpp"

#include <doctest/doctest.h>

#include <thread>

#include <unistd.h>

using gov::base::as_bytes;
using gov::base::Pipe;
using gov::download::ArchiveFile;
using gov::download::Arrived;
using gov::download::tests::file_with;

namespace {

std::string next(ArchiveFile& file, std::size_t most = 100) {
    std::string text(most, '\0');
    text.resize(file.read({reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
    return text;
}

void announce(const Pipe& pipe, const Arrived& arrived) {
    gov::base::write_all(pipe.writer.get(),
                         {reinterpret_cast<const std::uint8_t*>(&arrived), sizeof arrived}, "");
}

}  // namespace

TEST_CASE("a whole file is read to its end") {
    const auto fd = file_with("0123456789");
    ArchiveFile file{fd.get()};
    CHECK(next(file, 4) == "0123");
    CHECK(next(file) == "456789");
    CHECK(next(file) == "");
}

TEST_CASE("of a file that grows nothing is read that has not been announced") {
    const auto fd = file_with("0123456789");
    Pipe arrivals;
    ArchiveFile file{fd.get(), arrivals.reader.get()};
    announce(arrivals, {3});
    CHECK(next(file) == "012");
    announce(arrivals, {4});
    announce(arrivals, {6});
    CHECK(next(file, 1) == "3");
    CHECK(next(file) == "45");
    arrivals.writer.reset();
    CHECK(next(file) == "6789");
    CHECK(next(file) == "");
}

TEST_CASE("what has not come yet is waited for") {
    const auto fd = file_with("text");
    Pipe arrivals;
    ArchiveFile file{fd.get(), arrivals.reader.get()};
    std::string read;
    std::jthread reader{[&] { read = next(file); }};
    announce(arrivals, {2});
    reader.join();
    CHECK(read == "te");
}

TEST_CASE("the end may come before what is in between") {
    const auto fd = file_with("0123456789");
    Pipe arrivals;
    ArchiveFile file{fd.get(), arrivals.reader.get()};
    announce(arrivals, {0, 8});
    CHECK(file.size() == 10);
    CHECK(file.read_exactly(8, 2) == "89");
    std::string read;
    std::jthread reader{[&] { read = file.read_exactly(2, 4); }};
    announce(arrivals, {4, 8});
    announce(arrivals, {6, 8});
    reader.join();
    CHECK(read == "2345");
    arrivals.writer.reset();
    CHECK(file.read_exactly(5, 4) == "5678");
}
