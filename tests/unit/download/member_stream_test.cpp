// SPDX-License-Identifier: Apache-2.0
#include "download/member_stream.hpp"

#include "base/child_process.hpp"
#include "support/failure.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <string>
#include <thread>

using namespace gov::download;
using gov::base::as_bytes;
using gov::base::ExitCode;
using gov::base::Pipe;
using gov::tests::failure_of;

namespace {

class Collector : public MemberSink {
public:
    void begin(std::string_view name, std::uint64_t size) override {
        name_ = name;
        size_ = size;
        pieces_ = 0;
    }
    void write(gov::base::Bytes data) override {
        ++pieces_;
        files[name_].append(reinterpret_cast<const char*>(data.data()), data.size());
    }
    void finish() override {
        CHECK(files[name_].size() == size_);
        if (size_ <= MemberReader::largest_piece) CHECK(pieces_ <= 1);
    }

    std::map<std::string, std::string> files;

private:
    std::string name_;
    std::uint64_t size_ = 0;
    int pieces_ = 0;
};

void send(MemberWriter& writer, const std::string& name, const std::string& content) {
    writer.begin(name, content.size());
    constexpr std::size_t piece = 100'000;
    for (std::size_t start = 0; start < content.size(); start += piece)
        writer.write(as_bytes(std::string_view{content}.substr(start, piece)));
    writer.finish();
}

// Files around the sizes at which something changes.
std::map<std::string, std::string> files() {
    std::map<std::string, std::string> made;
    for (const std::size_t size :
         {0UL, 1UL, 524'000UL, 524'288UL, 524'289UL, 4'194'304UL, 4'194'305UL, 9'000'000UL})
        made[std::to_string(size)] = std::string(size, static_cast<char>('a' + size % 26));
    for (int i = 0; i < 3000; ++i)
        made["small/" + std::to_string(i)] = std::string(static_cast<std::size_t>(i), 's');
    return made;
}

// Streams of members between two ends in this process.
class Streams {
public:
    explicit Streams(std::size_t count) : slots_{make_slots(count)}, full_(count), freed_(count) {}

    SlotSender sender(std::size_t i) const {
        return {{slots_.get(), i}, full_[i].writer.get(), freed_[i].reader.get()};
    }
    SlotReceiver receiver(std::size_t i) const {
        return {{slots_.get(), i}, full_[i].reader.get(), freed_[i].writer.get()};
    }
    std::vector<SlotSender> senders() const {
        std::vector<SlotSender> all;
        for (std::size_t i = 0; i < full_.size(); ++i) all.push_back(sender(i));
        return all;
    }
    void sender_is_gone() {
        for (Pipe& pipe : full_) pipe.writer.reset();
    }

private:
    gov::base::UniqueFd slots_;
    std::vector<Pipe> full_;
    std::vector<Pipe> freed_;
};

// What a reader makes of `stream`: whether it ended as it should.
bool is_complete(std::string_view stream, Collector& collector) {
    Streams streams{1};
    SlotSender sender = streams.sender(0);
    std::ranges::copy(stream, sender.slot().begin());
    if (!stream.empty()) sender.send(stream.size());
    streams.sender_is_gone();
    return MemberReader{streams.receiver(0)}.read_all(collector, [](std::uint64_t) {});
}

std::string bytes_of(const auto& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace

TEST_CASE("members arrive as they were sent, over one stream and over several") {
    for (const std::size_t count : {1UL, 3UL}) {
        const Streams streams{count};
        std::vector<Collector> collectors(count);
        std::vector<int> complete(count);
        std::atomic<std::uint64_t> total = 0;
        {
            std::vector<std::jthread> readers;
            for (std::size_t i = 0; i < count; ++i)
                readers.emplace_back([&, i] {
                    complete[i] = MemberReader{streams.receiver(i)}.read_all(
                        collectors[i], [&](std::uint64_t bytes) { total = bytes; });
                });
            MemberWriter writer{streams.senders()};
            writer.total(17);
            for (const auto& [name, content] : files()) send(writer, name, content);
            writer.end();
        }
        std::map<std::string, std::string> all;
        for (Collector& collector : collectors) all.merge(collector.files);
        CHECK((all == files()));
        CHECK(complete == std::vector<int>(count, 1));
        CHECK(total == 17);
    }
}

TEST_CASE("a stream that is cut anywhere is not complete") {
    const Streams streams{1};
    MemberWriter writer{streams.senders()};
    send(writer, "name", "content");
    writer.end();
    SlotReceiver receiver = streams.receiver(0);
    std::array<std::uint8_t, 4096> buffer;
    std::string stream;
    for (const std::size_t expected : {16 + 4 + 7, 16}) {  // the member, and the end
        const std::size_t size = receiver.read(buffer);
        CHECK(size == expected);
        stream.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
    }
    for (std::size_t end = 0; end < stream.size(); ++end) {
        Collector collector;
        CHECK_FALSE(is_complete(stream.substr(0, end), collector));
    }
    Collector collector;
    CHECK(is_complete(stream, collector));
    CHECK(collector.files.at("name") == "content");
}

TEST_CASE("what is no such stream is refused") {
    struct {
        std::uint32_t kind;
        std::uint32_t name_size;
        std::uint64_t number;
    } header{0x6d656d62, 4097, 1};
    Collector collector;
    const auto code_for = [&](const std::string& stream) {
        return failure_of([&] { is_complete(stream, collector); }).code;
    };
    CHECK(code_for(std::string(16, 'x')) == ExitCode::verification);
    CHECK(code_for(bytes_of(header) + std::string(5000, 'n')) == ExitCode::verification);
    header.name_size = 4096;
    CHECK(code_for(bytes_of(header) + std::string(4096, 'n')) == ExitCode::done);
}

TEST_CASE("a sender that says more than a slot holds is refused") {
    const std::size_t too_large = slot_size + 1;
    for (const std::size_t size : {std::size_t{0}, too_large}) {
        const Streams streams{1};
        streams.sender(0).send(size);
        std::array<std::uint8_t, 8> buffer;
        CHECK(failure_of([&] { streams.receiver(0).read(buffer); }).code == ExitCode::verification);
    }
}

TEST_CASE("a receiver does not see what the sender does later to what it has sent") {
    const Streams streams{1};
    SlotSender sender = streams.sender(0);
    const auto slot = sender.slot();
    slot[0] = 'a';
    sender.send(1);
    SlotReceiver receiver = streams.receiver(0);
    std::array<std::uint8_t, 8> buffer;
    REQUIRE(receiver.read(buffer) == 1);
    slot[0] = 'b';
    CHECK(buffer[0] == 'a');
}
