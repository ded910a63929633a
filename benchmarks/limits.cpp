// SPDX-License-Identifier: Apache-2.0
// What an install cannot be faster than: inflating its archive to nowhere, writing its tree.
//
//     limits gunzip ARCHIVE                     ISA-L, one thread, checksum included
//     limits unzip ARCHIVE THREADS LIBRARY      every entry; LIBRARY is isal or libdeflate
//     limits write SOURCE DESTINATION THREADS   the tree at SOURCE, from memory, with one syncfs
//
// Prints the seconds of that alone: reading the archive or the source tree comes before.

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "limits: %s\n", what.c_str());
    std::exit(1);
}

void require(bool holds, const std::string& what) {
    if (!holds) {
        fail(what);
    }
}

Bytes content(const fs::path& path) {
    Bytes bytes(fs::file_size(path));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    require(file.good() || bytes.empty(), "cannot read " + path.string());
    return bytes;
}

double seconds_of(const std::function<void()>& work) {
    const auto started = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

// Calls work(i) for each i below `count`, on `threads` threads, in ascending order of start.
void each(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> workers;
    for (unsigned started = 0; started < threads; ++started) {
        workers.emplace_back([&] {
            for (std::size_t i = next++; i < count; i = next++) {
                work(i);
            }
        });
    }
}

double gunzip(const fs::path& path) {
    Bytes packed = content(path);
    Bytes block(256 << 10);
    return seconds_of([&] {
        const auto state = std::make_unique<inflate_state>();
        isal_inflate_init(state.get());
        state->crc_flag = ISAL_GZIP;
        state->next_in = packed.data();
        state->avail_in = static_cast<std::uint32_t>(packed.size());
        while (state->block_state != ISAL_BLOCK_FINISH) {
            state->next_out = block.data();
            state->avail_out = static_cast<std::uint32_t>(block.size());
            require(isal_inflate(state.get()) == ISAL_DECOMP_OK, "the gzip data is damaged");
            require(state->avail_out < block.size(), "the gzip data is cut short");
        }
    });
}

struct Entry {
    std::size_t start;
    std::size_t packed;
    std::size_t size;
    bool stored;
};

std::size_t number(const Bytes& bytes, std::size_t at, int width) {
    require(at + static_cast<std::size_t>(width) <= bytes.size(), "the zip is cut short");
    std::size_t value = 0;
    for (int i = width; i-- > 0;) {
        value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    }
    return value;
}

// The entries of a zip without comment and without zip64, as module zips are; largest first.
std::vector<Entry> entries_of(const Bytes& zip) {
    require(zip.size() >= 22, "not a zip");
    const std::size_t end = zip.size() - 22;
    require(number(zip, end, 4) == 0x06054b50, "not a zip without a comment");
    std::vector<Entry> entries(number(zip, end + 10, 2));
    std::size_t at = number(zip, end + 16, 4);
    for (Entry& entry : entries) {
        const std::size_t local = number(zip, at + 42, 4);
        const std::size_t names = number(zip, local + 26, 2) + number(zip, local + 28, 2);
        entry = {local + 30 + names, number(zip, at + 20, 4), number(zip, at + 24, 4),
                 number(zip, at + 10, 2) == 0};
        require(entry.start + entry.packed <= zip.size(), "the zip is cut short");
        at += 46 + number(zip, at + 28, 2) + number(zip, at + 30, 2) + number(zip, at + 32, 2);
    }
    std::ranges::sort(entries, std::ranges::greater{}, &Entry::size);
    return entries;
}

using Inflate = std::function<void(std::uint8_t*, const Entry&)>;

void inflate_isal(std::uint8_t* data, const Entry& entry) {
    thread_local const auto state = std::make_unique<inflate_state>();
    thread_local Bytes block(256 << 10);
    isal_inflate_init(state.get());
    state->next_in = data;
    state->avail_in = static_cast<std::uint32_t>(entry.packed);
    std::size_t total = 0;
    while (state->block_state != ISAL_BLOCK_FINISH) {
        state->next_out = block.data();
        state->avail_out = static_cast<std::uint32_t>(block.size());
        require(isal_inflate(state.get()) == ISAL_DECOMP_OK, "an entry is damaged");
        require(state->avail_out < block.size() || entry.size == 0, "an entry is cut short");
        total += block.size() - state->avail_out;
    }
    require(total == entry.size, "an entry has another size than declared");
}

// Debian ships the library alone where its header is not installed: its three functions by name.
Inflate libdeflate(std::size_t largest) {
    void* library = dlopen("libdeflate.so.0", RTLD_NOW);
    require(library != nullptr, "there is no libdeflate");
    using Allocate = void* (*)();
    using Decompress = int (*)(void*, const void*, std::size_t, void*, std::size_t, std::size_t*);
    const auto allocate =
        reinterpret_cast<Allocate>(dlsym(library, "libdeflate_alloc_decompressor"));
    const auto decompress =
        reinterpret_cast<Decompress>(dlsym(library, "libdeflate_deflate_decompress"));
    require(allocate != nullptr && decompress != nullptr, "libdeflate lacks a function");
    return [=](std::uint8_t* data, const Entry& entry) {
        thread_local void* const decompressor = allocate();
        thread_local Bytes output(largest);
        require(
            decompress(decompressor, data, entry.packed, output.data(), entry.size, nullptr) == 0,
            "an entry is damaged");
    };
}

double unzip(const fs::path& path, unsigned threads, std::string_view library) {
    Bytes zip = content(path);
    const std::vector<Entry> entries = entries_of(zip);
    const Inflate inflate =
        library == "isal" ? Inflate(inflate_isal) : libdeflate(entries.front().size);
    return seconds_of([&] {
        each(entries.size(), threads, [&](std::size_t i) {
            if (!entries[i].stored) {
                inflate(zip.data() + entries[i].start, entries[i]);
            }
        });
    });
}

struct File {
    std::string name;
    mode_t mode;
    Bytes data;
};

struct Folder {
    fs::path path;  // relative to the root
    std::vector<File> files;
    std::size_t bytes = 0;
};

// Every directory below `root`, itself included, each after its parent.
std::vector<Folder> folders_of(const fs::path& root) {
    std::vector<Folder> folders{Folder{".", {}, 0}};
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_directory()) {
            folders.push_back({fs::relative(entry.path(), root), {}, 0});
        }
    }
    for (Folder& folder : folders) {
        for (const fs::directory_entry& entry : fs::directory_iterator(root / folder.path)) {
            if (entry.is_regular_file()) {
                const auto mode = static_cast<mode_t>(entry.status().permissions());
                folder.files.push_back({entry.path().filename(), mode, content(entry.path())});
                folder.bytes += folder.files.back().data.size();
            }
        }
    }
    return folders;
}

void write_file(int folder, const File& file) {
    const int flags = O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC;
    const int descriptor = openat(folder, file.name.c_str(), flags, file.mode);
    const auto size = static_cast<ssize_t>(file.data.size());
    const bool written =
        descriptor >= 0 && write(descriptor, file.data.data(), file.data.size()) == size;
    require(written && close(descriptor) == 0, "cannot write " + file.name);
}

double write_tree(const fs::path& source, const fs::path& destination, unsigned threads) {
    const std::vector<Folder> folders = folders_of(source);
    std::vector<const Folder*> largest_first;
    for (const Folder& folder : folders) {
        largest_first.push_back(&folder);
    }
    std::ranges::stable_sort(largest_first, std::ranges::greater{}, &Folder::bytes);
    umask(0);
    return seconds_of([&] {
        for (const Folder& folder : folders) {
            const fs::path made = destination / folder.path;
            require(mkdir(made.c_str(), 0755) == 0 || folder.path == ".", "cannot mkdir");
        }
        each(largest_first.size(), threads, [&](std::size_t i) {
            const fs::path path = destination / largest_first[i]->path;
            const int folder = open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC);
            require(folder >= 0, "cannot open a directory");
            for (const File& file : largest_first[i]->files) {
                write_file(folder, file);
            }
            close(folder);
        });
        const int root = open(destination.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC);
        require(root >= 0 && syncfs(root) == 0, "cannot sync");
        close(root);
    });
}

double measured(const std::vector<std::string>& words) {
    const auto threads = [&](std::size_t i) { return static_cast<unsigned>(std::stoul(words[i])); };
    if (words.size() == 2 && words[0] == "gunzip") {
        return gunzip(words[1]);
    }
    if (words.size() == 4 && words[0] == "unzip") {
        return unzip(words[1], threads(2), words[3]);
    }
    if (words.size() == 4 && words[0] == "write") {
        return write_tree(words[1], words[2], threads(3));
    }
    fail("usage: limits gunzip|unzip|write ...");
}

}  // namespace

int main(int argc, char** argv) {
    std::printf("%.6f\n", measured({argv + 1, argv + argc}));
}
