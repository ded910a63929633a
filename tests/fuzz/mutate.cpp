// SPDX-License-Identifier: Apache-2.0
// Drives a fuzz target without libFuzzer: changes the files given, from a seed, for a time.
// usage: PROGRAM SECONDS SEED FILE...

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using File = std::vector<std::uint8_t>;

File read(const char* path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

// Numbers at which lengths and offsets go wrong.
constexpr std::uint32_t borders[] = {0,          1,          0x7F,       0xFF,      0xFFFF,
                                     0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF};

// Headers and tables decide; most changes go to the first and the last of a file.
std::size_t place(std::mt19937_64& random, std::size_t size) {
    const std::size_t near = std::min<std::size_t>(size, 2048);
    switch (random() % 4) {
        case 0:
            return random() % size;
        case 1:
            return size - 1 - random() % near;
        default:
            return random() % near;
    }
}

void change(std::mt19937_64& random, File& file, const std::vector<File>& samples) {
    if (file.empty()) return;
    const std::size_t at = place(random, file.size());
    switch (random() % 6) {
        case 0:
            file[at] = static_cast<std::uint8_t>(random());
            break;
        case 1:
            file[at] = static_cast<std::uint8_t>(file[at] ^ 1U << random() % 8);
            break;
        case 2: {
            const std::uint32_t number = borders[random() % std::size(borders)];
            for (std::size_t i = 0; i < 4 && at + i < file.size(); ++i)
                file[at + i] = static_cast<std::uint8_t>(number >> 8 * (random() % 2 ? i : 3 - i));
            break;
        }
        case 3:
            file.resize(at);
            break;
        case 4: {
            const File& other = samples[random() % samples.size()];
            const std::size_t count =
                std::min<std::size_t>({random() % 64, file.size() - at, other.size()});
            std::copy_n(other.begin(), count, file.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        }
        default:
            file.insert(file.begin() + static_cast<std::ptrdiff_t>(at), random() % 32,
                        static_cast<std::uint8_t>(random()));
    }
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) {
        std::fprintf(stderr, "usage: %s SECONDS SEED FILE...\n", words[0]);
        return 2;
    }
    std::mt19937_64 random{std::strtoull(words[2], nullptr, 10)};
    std::vector<File> samples;
    for (int i = 3; i < count; ++i) samples.push_back(read(words[i]));
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::seconds{std::strtoul(words[1], nullptr, 10)};
    std::uint64_t runs = 0;
    for (; std::chrono::steady_clock::now() < end; ++runs) {
        File file = samples[random() % samples.size()];
        for (auto changes = 1 + random() % 8; changes > 0; --changes) change(random, file, samples);
        file.shrink_to_fit();  // so that the sanitizer sees each byte too far
        LLVMFuzzerTestOneInput(file.data(), file.size());
    }
    std::printf("%llu files, no finding\n", static_cast<unsigned long long>(runs));
    return 0;
}
