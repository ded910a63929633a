// SPDX-License-Identifier: Apache-2.0
#include "cross/running/runner.hpp"

#include "base/format.hpp"
#include "base/process.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

struct Emulator {
    std::string_view arch;     // GOARCH
    std::string_view machine;  // as QEMU and the directories of C libraries call it
    std::string_view library;  // Debian's directory of its C library
};

constexpr std::array<Emulator, 14> emulators{{
    {"386", "i386", "i686-linux-gnu"},
    {"amd64", "x86_64", "x86_64-linux-gnu"},
    {"arm", "arm", "arm-linux-gnueabihf"},
    {"arm64", "aarch64", "aarch64-linux-gnu"},
    {"loong64", "loongarch64", "loongarch64-linux-gnu"},
    {"mips", "mips", "mips-linux-gnu"},
    {"mipsle", "mipsel", "mipsel-linux-gnu"},
    {"mips64", "mips64", "mips64-linux-gnuabi64"},
    {"mips64le", "mips64el", "mips64el-linux-gnuabi64"},
    {"ppc64", "ppc64", "powerpc64-linux-gnu"},
    {"ppc64le", "ppc64le", "powerpc64le-linux-gnu"},
    {"riscv64", "riscv64", "riscv64-linux-gnu"},
    {"s390x", "s390x", "s390x-linux-gnu"},
    {"armbe", "armeb", "armeb-linux-gnueabi"},
}};

class Search {
public:
    explicit Search(const RunnerQuery& query) : query_{query} {}

    std::vector<Runner> run() {
        if (query_.own) {
            add_own(*query_.own);
            return std::move(found_);
        }
        add_exec_program();
        const auto& [os, arch] = query_.target.platform;
        if (os == host_.os && runs_itself(arch)) found_.push_back({"native", {}});
        if (os == "linux" && host_.os == "linux") add_qemu();
        if (os == "windows") add_wine();
        if (os == "js") add_wasm_program();
        return std::move(found_);
    }

private:
    std::string find(std::string_view name) const {
        const std::string path =
            base::find_program(name, query_.environment.get("PATH").value_or(""));
        // What a relative entry of PATH leads to depends on where tests run.
        return path.starts_with('/') ? path : std::string{};
    }

    // 64-bit machines of these kinds run their 32-bit programs, where the kernel lets them.
    bool runs_itself(std::string_view arch) const {
        return arch == host_.arch || (host_.arch == "amd64" && arch == "386") ||
               (host_.arch == "arm64" && arch == "arm");
    }

    void add_own(const ProjectRunner& own) {
        const bool says_where =
            own.exec.find("$@") != std::string::npos || own.exec.find("$1") != std::string::npos;
        Runner runner{"project", {"/bin/sh", "-c", own.exec + (says_where ? "" : " \"$@\""), "sh"}};
        runner.machine = {own.start, own.ready, own.stop,
                          own.timeout.value_or(runner.machine.timeout)};
        found_.push_back(std::move(runner));
    }

    // The program that go test itself looks for (go help run).
    void add_exec_program() {
        const auto& [os, arch] = query_.target.platform;
        std::string name = base::format("go_{}_{}_exec", os, arch);
        if (std::string path = find(name); !path.empty())
            found_.push_back({std::move(name), {std::move(path)}});
    }

    void add_qemu() {
        const auto emulator =
            std::ranges::find(emulators, query_.target.platform.arch, &Emulator::arch);
        if (emulator == emulators.end()) return;
        for (const char* suffix : {"", "-static"}) {
            std::string name = base::format("qemu-{}{}", emulator->machine, suffix);
            std::string path = find(name);
            if (path.empty()) continue;
            Runner runner{std::move(name), {std::move(path)}};
            const std::string library = base::format("/usr/{}", emulator->library);
            std::error_code ignored;
            if (fs::is_directory(library, ignored))
                runner.command.insert(runner.command.end(), {"-L", library});
            found_.push_back(std::move(runner));
            return;
        }
    }

    void add_wine() {
        const std::string_view arch = query_.target.platform.arch;
        if (arch == "386") {
            // A prefix is for 32-bit or for 64-bit programs when it is made, and stays that. Wine
            // that has 32-bit parts of its own takes the first; one that translates, the second.
            add_wine_with("386", "win32");
            add_wine_with("amd64", "win64");
        } else if (arch == "amd64" && host_.arch == "amd64") {
            add_wine_with("amd64", "win64");
        }
    }

    void add_wine_with(std::string_view prefix, const char* wine_arch) {
        std::string wine = find("wine");
        if (wine.empty()) wine = find("wine64");
        if (wine.empty()) return;
        Runner runner{"wine", {wine}};
        runner.wine_prefix = query_.prefixes / base::format("wine-{}", prefix);
        runner.variables = {
            {"WINEPREFIX", runner.wine_prefix.native()},
            {"WINEARCH", wine_arch},
            {"WINEDEBUG", "-all"},
            // Without these two a new prefix asks whether it may download them.
            {"WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe="},
        };
        // The server is told to stay, so that each test does not start another, and to end.
        runner.machine = {.start = base::format("wineserver -p && '{}' wineboot --init", wine),
                          .ready = {},
                          .stop = "wineserver -k",
                          .timeout = std::chrono::minutes{5}};
        found_.push_back(std::move(runner));
    }

    // Go's own, which takes node to run. Releases before 1.24 have it in misc (gov install --full).
    void add_wasm_program() {
        for (const char* place : {"lib/wasm", "misc/wasm"}) {
            const fs::path program = query_.goroot / place / "go_js_wasm_exec";
            std::error_code ignored;
            if (!fs::exists(program, ignored) || find("node").empty()) continue;
            found_.push_back({"node", {program.native()}});
            return;
        }
    }

    const RunnerQuery& query_;
    const toolchain::Platform host_ = toolchain::Platform::host();
    std::vector<Runner> found_;
};

}  // namespace

std::vector<Runner> runners_for(const RunnerQuery& query) {
    return Search{query}.run();
}

bool runs_only_static(const RunnerQuery& query) {
    const std::vector<Runner> found = runners_for(query);
    return !found.empty() && found.front().name.starts_with("qemu-") &&
           std::ranges::find(found.front().command, "-L") == found.front().command.end();
}

std::string runner_hint(const Target& target) {
    const std::string& os = target.platform.os;
    if (os == "linux") return "sudo apt-get install qemu-user";
    if (os == "windows" && target.platform.arch == "386")
        return "sudo dpkg --add-architecture i386 && sudo apt-get update && sudo apt-get install "
               "wine32:i386";
    if (os == "windows" && target.platform.arch == "amd64")
        return "sudo apt-get install wine64 wine";
    if (os == "js") return "sudo apt-get install nodejs";
    return base::format("name a machine that has it: runner in [cross.target.\"{}\"]",
                        target.platform.str());
}

}  // namespace gov::cross
