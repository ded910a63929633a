// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_compiler.hpp"

#include "cross/cgo/c_toolchain.hpp"
#include "cross/cgo/zig.hpp"
#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;
using gov::base::ExitCode;
using gov::tests::failure_of;
using gov::tests::Sandbox;
namespace fs = std::filesystem;

namespace {

// A machine with stand-ins for compilers, which say their versions and no more.
class Machine {
public:
    explicit Machine(gov::toolchain::Platform host) {
        places.host = std::move(host);
        places.environment.set("PATH", (sandbox.path() / "bin").native());
        places.cache = sandbox.path() / "cache";
        places.installed = sandbox.path() / "installed";
        fs::create_directories(sandbox.path() / "src/net");
    }

    fs::path add(const std::string& name, const std::string& answer) {
        return add_script(name, "echo '" + answer + "'\n");
    }

    fs::path add_script(const std::string& name, const std::string& text) {
        const fs::path file = sandbox.write("bin/" + name, "#!/bin/sh\n" + text);
        fs::permissions(file, fs::perms::owner_all);
        return file;
    }

    CompilerNeed need(const Target& target, CSettings settings = {}) const {
        return {target, std::move(settings), sandbox.path(),
                gov::toolchain::GoVersion::require("1.22.6")};
    }

    // The compiler for `target`, and what the command of one word runs.
    std::string chosen(const Target& target, CSettings settings = {}) const {
        const CToolchain made = make_c_toolchain(need(target, std::move(settings)), places);
        return made.compiler.name();
    }

    std::string script(const CToolchain& made) const {
        const fs::path file = made.folder / made.variables.front().second;
        return sandbox.read(file.lexically_relative(sandbox.path()));
    }

    Sandbox sandbox;
    CompilerPlaces places;
};

const Target linux_amd64{{"linux", "amd64"}};
const Target linux_arm64{{"linux", "arm64"}};
const Target windows_386{{"windows", "386"}};
const Target darwin_arm64{{"darwin", "arm64"}};

}  // namespace

TEST_CASE("the system's own compiler serves this machine, zig where a floor for glibc is asked") {
    Machine machine{{"linux", "amd64"}};
    machine.add("gcc", "gcc (Debian 12.2.0-14) 12.2.0");
    machine.add("zig", "0.17.1");
    CHECK(machine.chosen(linux_amd64) == "gcc 12.2.0");
    CHECK(machine.chosen(linux_amd64, {.glibc = "2.17"}) == "zig 0.17.1");
    CHECK(machine.chosen(linux_amd64, {.is_static = true}) == "zig 0.17.1");
    CHECK(machine.chosen(linux_arm64) == "zig 0.17.1");
    machine.add("aarch64-linux-gnu-gcc", "aarch64-linux-gnu-gcc (Debian) 12.2.0");
    CHECK(machine.chosen(linux_arm64) == "gcc 12.2.0");
    CHECK(machine.chosen(linux_arm64, {.is_static = true}) == "zig 0.17.1");
    fs::remove(machine.sandbox.path() / "bin/zig");
    CHECK(machine.chosen(linux_arm64, {.is_static = true}) == "gcc 12.2.0");
}

TEST_CASE("a compiler's commands are words that hold no path of this machine") {
    Machine machine{{"linux", "amd64"}};
    const fs::path zig = machine.add("zig", "0.17.1");
    const CToolchain made =
        make_c_toolchain(machine.need(linux_arm64, {.glibc = "2.17"}), machine.places);
    CHECK(made.variables.front() ==
          std::pair<std::string, std::string>{"CC", "gov-zig-0.17.1-aarch64-linux-gnu.2.17-cc"});
    CHECK(machine.script(made).find("exec '" + zig.native() +
                                    "' 'cc' '-target' 'aarch64-linux-gnu.2.17' \"$@\"") !=
          std::string::npos);
    const CToolchain again =
        make_c_toolchain(machine.need(linux_arm64, {.glibc = "2.17"}), machine.places);
    CHECK(again.folder == made.folder);
    machine.add("zig", "0.18.0");
    const CToolchain other =
        make_c_toolchain(machine.need(linux_arm64, {.glibc = "2.17"}), machine.places);
    CHECK(other.folder != made.folder);
}

TEST_CASE("the C runtime of Windows chooses among compilers") {
    Machine machine{{"linux", "amd64"}};
    machine.add("zig", "0.17.1");
    CHECK(machine.chosen(windows_386) == "zig 0.17.1");
    const auto failure = failure_of([&] { machine.chosen(windows_386, {.crt = Crt::msvcrt}); });
    CHECK(failure.code == ExitCode::missing_dependency);
    CHECK(failure.hint.find("gcc-mingw-w64-i686") != std::string::npos);
    machine.add("i686-w64-mingw32-gcc", "i686-w64-mingw32-gcc (GCC) 12-win32");
    CHECK(machine.chosen(windows_386, {.crt = Crt::msvcrt}).starts_with("mingw"));
    CHECK(machine.chosen(windows_386) == "mingw 12-win32");
    CHECK(machine.chosen(windows_386, {.crt = Crt::ucrt}) == "zig 0.17.1");
}

TEST_CASE("a missing compiler is named with what to install") {
    const Machine machine{{"linux", "amd64"}};
    const auto arm = failure_of([&] { machine.chosen(linux_arm64); });
    CHECK(arm.code == ExitCode::missing_dependency);
    CHECK(arm.hint.find("gcc-aarch64-linux-gnu") != std::string::npos);
    CHECK(failure_of([&] {
              machine.chosen(darwin_arm64, {.compiler = "zig"});
          }).hint.find("ziglang") != std::string::npos);
    CHECK(failure_of([&] { machine.chosen(linux_arm64, {.compiler = "nothing-cc"}); }).message ==
          "there is no C compiler nothing-cc");
    CHECK(failure_of([&] { machine.chosen(linux_amd64, {.glibc = "2.17", .musl = true}); }).code ==
          ExitCode::usage);
}

TEST_CASE("a command of several words becomes one, with its C++ beside it") {
    Machine machine{{"linux", "amd64"}};
    const fs::path cc = machine.add("my-gcc", "my-gcc 9.1.0");
    const fs::path cxx = machine.add("my-g++", "my-g++ 9.1.0");
    const CToolchain made = make_c_toolchain(
        machine.need(linux_amd64, {.compiler = "my-gcc -O1 '-DA=b c'"}), machine.places);
    CHECK(made.compiler.name() == "my-gcc 9.1.0");
    CHECK(machine.script(made).find("exec '" + cc.native() + "' '-O1' '-DA=b c' \"$@\"") !=
          std::string::npos);
    CHECK(made.compiler.cxx == std::vector<std::string>{cxx.native(), "-O1", "-DA=b c"});
}

TEST_CASE("on a Mac Xcode's clang and SDK are used, elsewhere zig from 0.14.1 on") {
    Machine mac{{"darwin", "arm64"}};
    mac.add("clang", "Apple clang version 15.0.0 (clang-1500.3.9.4)");
    fs::create_directories(mac.sandbox.path() / "MacOSX.sdk/usr/lib");
    const std::string sdk = (mac.sandbox.path() / "MacOSX.sdk").native();
    mac.add_script("xcrun",
                   "case \"$3\" in --find) echo '" + (mac.sandbox.path() / "bin/clang").native() +
                       "' ;; --show-sdk-path) echo '" + sdk + "' ;; *) echo 14.5 ;; esac\n");
    const CToolchain made = make_c_toolchain(mac.need(darwin_arm64), mac.places);
    CHECK(made.compiler.name() == "clang 15.0.0");
    CHECK(made.compiler.sdk == sdk);
    CHECK(mac.script(made).find("'-arch' 'arm64' '-isysroot' '" + sdk +
                                "' '-mmacosx-version-min=11.0'") != std::string::npos);

    Machine other{{"linux", "amd64"}};
    other.add("clang", "clang version 14.0.6");
    CHECK(failure_of([&] { other.chosen(darwin_arm64); }).code == ExitCode::missing_dependency);
    other.add("zig", "0.13.0");
    CHECK(failure_of([&] { other.chosen(darwin_arm64); }).message ==
          "zig 0.13.0 cannot link Go programs for macOS");
    other.add("zig", "0.14.1");
    CHECK(other.chosen(darwin_arm64, {.macos_min = "12.0"}) == "zig 0.14.1");
}

TEST_CASE("what the linker is told is the user's and the compiler's") {
    Machine machine{{"linux", "amd64"}};
    machine.add("zig", "0.17.1");
    const CToolchain zig =
        make_c_toolchain(machine.need(linux_amd64, {.is_static = true}), machine.places);
    using Words = std::vector<std::string>;
    CHECK(linker_words({}, zig) ==
          Words{"-s", "-w", "-linkmode=external", "'-extldflags=-static -s'"});
    CHECK(linker_words(Words{"-w"}, zig) ==
          Words{"-w", "-linkmode=external", "-extldflags=-static"});
    CHECK(linker_words(Words{"-s -extldflags=-lm"}, zig) ==
          Words{"-s", "-linkmode=external", "'-extldflags=-static -s -lm'"});
    CHECK(linker_words(Words{"-X 'main.v=a b'", "-extldflags", "'-L \"my dir\" -static'"}, zig) ==
          Words{"-X", "'main.v=a b'", "-linkmode=external", "\"-extldflags=-static -L 'my dir'\""});
}

TEST_CASE("linker flags that contradict what the compiler was chosen for are refused") {
    Machine machine{{"linux", "amd64"}};
    machine.add("zig", "0.17.1");
    machine.add("gcc", "gcc (Debian 12.2.0-14) 12.2.0");
    const auto refused = [&](const CSettings& settings, const std::string& flags) {
        const CToolchain made =
            make_c_toolchain(machine.need(linux_amd64, settings), machine.places);
        return failure_of([&] { linker_words(std::vector{flags}, made); });
    };
    CHECK(refused({.is_static = true}, "-linkmode=internal").code == ExitCode::usage);
    CHECK(refused({.is_static = true}, "-extldflags=-rdynamic").message.find("-rdynamic") !=
          std::string::npos);
    CHECK(refused({.glibc = "2.17"}, "-extldflags=-static").hint.find("musl") != std::string::npos);
    CHECK(refused({.glibc = "2.17"}, "-extldflags=--target=x").code == ExitCode::usage);
    const CToolchain gcc = make_c_toolchain(machine.need(linux_amd64), machine.places);
    const std::vector<std::string> own{"-linkmode=external -extldflags=-static"};
    CHECK(linker_words(own, gcc) == own);
}
