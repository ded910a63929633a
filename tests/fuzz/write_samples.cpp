// SPDX-License-Identifier: Apache-2.0
// Writes the crafted programs that fuzzing starts from. usage: write_samples DIR

#include "../unit/cross/crafted.hpp"

#include <fstream>

using namespace gov::cross::crafted;

int main(int, char** words) {
    const std::string directory = words[1];
    const auto write = [&](const char* name, const File& file) {
        std::ofstream out{directory + "/" + name, std::ios::binary};
        out.write(reinterpret_cast<const char*>(file.data()),
                  static_cast<std::streamsize>(file.size()));
    };
    write("elf-64", elf({}));
    write("elf-32-big",
          elf({.bits = 32, .order = std::endian::big, .machine = 8, .pointers = true}));
    write("elf-dynamic", elf({.interpreter = "/lib64/ld-linux-x86-64.so.2",
                              .needed = {"libc.so.6"},
                              .versions = {"GLIBC_2.34", "GLIBC_2.4"}}));
    write("macho-thin", macho({.with_uuid = true}));
    write("macho-fat", fat({macho({}), macho({.cpu = 0x01000007})}));
    write("pe-32", pe({}));
    write("pe-64", pe({.machine = 0x8664, .bits = 64}));
    write("plan9", plan9({.symbols = 40}));
    write("xcoff", xcoff());
    write("wasm", wasm({}));
}
