// SPDX-License-Identifier: Apache-2.0
#include "cross/doctor.hpp"

#include "base/ascii.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "cross/build_slots.hpp"
#include "cross/source_state.hpp"
#include "project/go_env.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <sys/statvfs.h>
#include <unistd.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

std::string find(const base::Environment& user, std::string_view name) {
    return base::find_program(name, user.get("PATH").value_or(""));
}

struct Tool {
    std::string_view program;
    std::string_view package;
    std::string_view purpose;
};
constexpr std::array<Tool, 3> signers{{
    {"minisign", "minisign", "--sign minisign:KEY"},
    {"ssh-keygen", "openssh-client", "--sign ssh:KEY"},
    {"gpg", "gnupg", "--sign gpg"},
}};

void examine_git(const base::Environment& user, const fs::path& directory, Conditions& conditions) {
    if (!is_in_repository(directory)) {
        conditions.push_back({"git", Health::ok, "no repository, so that no commit is stamped"});
        return;
    }
    const std::string git = find(user, "git");
    if (git.empty()) {
        conditions.push_back({"git", Health::problem,
                              "git is not installed, so that no commit can be stamped",
                              "sudo apt-get install git"});
        return;
    }
    const base::ProcessResult head = base::run(
        {.arguments = {git, "rev-parse", "HEAD"}, .environment = user, .directory = directory});
    if (head.status == 0)
        conditions.push_back({"git", Health::ok, "the commit can be stamped"});
    else if (head.errors.find("dubious ownership") != std::string::npos)
        conditions.push_back(
            {"git", Health::problem,
             "the repository belongs to another user, so that git refuses it",
             base::format("git config --global --add safe.directory '{}'", directory.native())});
    else
        conditions.push_back(
            {"git", Health::note, "there is no commit to stamp yet", "git commit"});
}

// The nearest directory above that is there.
fs::path existing(fs::path path) {
    std::error_code ignored;
    while (!fs::exists(path, ignored) && path.has_relative_path()) path = path.parent_path();
    return path;
}

void examine_place(const std::string& what, const fs::path& path, Conditions& conditions) {
    constexpr double gigabyte = 1e9;
    constexpr double enough = 1.0;  // three targets take 0.2 GB of Go's cache, with cgo 0.6
    const fs::path place = existing(path);
    struct statvfs found{};
    if (::statvfs(place.c_str(), &found) != 0) return;
    const double free =
        static_cast<double>(found.f_bavail) * static_cast<double>(found.f_frsize) / gigabyte;
    if (::access(place.c_str(), W_OK) != 0)
        conditions.push_back({what, Health::problem,
                              base::format("{} cannot be written", place.native()),
                              base::format("sudo chown -R $(id -u) '{}'", place.native())});
    else
        conditions.push_back({what, free < enough ? Health::problem : Health::ok,
                              base::format("{}: {:.1f} GB free", path.native(), free),
                              free < enough ? "gov prune" : ""});
}

bool is_msvc(std::string_view command) {
    const std::string name =
        base::lower_case(fs::path{command.substr(0, command.find(' '))}.filename().native());
    return name == "cl" || name == "cl.exe" || name == "clang-cl" || name == "clang-cl.exe";
}

}  // namespace

std::string_view name_of(Health health) noexcept {
    return health == Health::ok ? "ok" : health == Health::note ? "note" : "problem";
}

void examine_runner(const RunContext& context, Conditions& conditions) {
    const std::string check = context.target.str() + " runner";
    try {
        const auto start = std::chrono::steady_clock::now();
        RunnerChoice choice = choose_runner(context);
        const auto spent = std::chrono::steady_clock::now() - start;
        if (choice.runner)
            conditions.push_back(
                {check, Health::ok,
                 base::format("{}: a program ran, and its output and exit code came through "
                              "({:.1f} s)",
                              choice.name, std::chrono::duration<double>(spent).count())});
        else if (choice.exists)
            conditions.push_back({check, Health::problem,
                                  base::format("{}: {}", choice.name, choice.reason), choice.hint});
        else
            conditions.push_back(
                {check, Health::note, "nothing here runs its programs", choice.hint});
    } catch (const base::Error& error) {
        if (error.code() == base::ExitCode::interrupted) throw;
        conditions.push_back({check, Health::problem, base::full_message(error)});
    }
}

void examine_compiler(const CompilerNeed& need, const CompilerPlaces& places,
                      const std::function<void(std::string)>& tell, Conditions& conditions) {
    const CompilerCanary canary = try_compiler(need, places, std::chrono::seconds{60}, tell);
    const std::string check = need.target.str() + " compiler";
    const std::string name = canary.compiler ? canary.compiler->name() + ": " : "";
    if (!canary.problem.empty()) {
        conditions.push_back({check, canary.compiler ? Health::problem : Health::note,
                              name + canary.problem, canary.hint});
        return;
    }
    std::string message = name + "compiles C";
    if (canary.artifact)
        message +=
            base::format(" to {} {}", name_of(canary.artifact->format), canary.artifact->arch);
    if (canary.artifact && !canary.artifact->glibc_floor.empty())
        message += base::format(", for glibc {} and later", canary.artifact->glibc_floor);
    conditions.push_back({check, Health::ok, std::move(message)});
}

void examine_tools(const base::Environment& user, const fs::path& directory,
                   Conditions& conditions) {
    for (const Tool& tool : signers) {
        const std::string path = find(user, tool.program);
        if (path.empty())
            conditions.push_back({std::string{tool.program}, Health::note,
                                  base::format("is not installed; {} needs it", tool.purpose),
                                  base::format("sudo apt-get install {}", tool.package)});
        else
            conditions.push_back({std::string{tool.program}, Health::ok,
                                  base::format("{}, for {}", path, tool.purpose)});
    }
    examine_git(user, directory, conditions);
}

void examine_resources(const std::vector<std::pair<std::string, fs::path>>& places,
                       Conditions& conditions) {
    const std::size_t slots = build_slots();
    conditions.push_back({"memory", slots < 2 ? Health::note : Health::ok,
                          slots < 2 ? "is short: targets are built one after another"
                                    : base::format("allows {} builds at once", slots)});
    for (const auto& [what, path] : places) examine_place(what, path, conditions);
}

void examine_settings(const base::Environment& user, const std::vector<std::string>& dropped,
                      Conditions& conditions) {
    for (const std::string& name : dropped)
        conditions.push_back(
            {"settings", Health::note,
             base::format("{} is set, and cross builds do not use it", base::printable(name)),
             name.find(' ') == std::string::npos ? "unset " + name
                                                 : "go env -u " + name.substr(0, name.find(' '))});
    base::Environment bare;  // what stands in the file, and not in the environment
    for (const std::string_view name : {"HOME", "XDG_CONFIG_HOME", "GOENV"})
        if (const auto value = user.get(name)) bare.set(name, std::string{*value});
    const project::GoEnv file{bare, {}};
    for (const std::string_view name :
         {"GOOS", "GOARCH", "CGO_ENABLED", "CC", "CXX", "GOWORK", "GOINSECURE", "GONOSUMDB"})
        if (const std::string value = file.get(name); !value.empty())
            conditions.push_back(
                {"settings", Health::note,
                 base::format("{} sets {}={}, which plain go builds use",
                              project::user_env_file(user).native(), name, base::printable(value)),
                 base::format("go env -u {}", name)});
    if (dropped.empty()) conditions.push_back({"settings", Health::ok, "nothing that would leak"});
}

void examine_msvc(const base::Environment& user, const fs::path& directory,
                  Conditions& conditions) {
    const project::GoEnv settings{user, {}};
    for (const char* name : {"CC", "CXX"})
        if (const std::string command = settings.get(name); is_msvc(command))
            conditions.push_back(
                {"MSVC", Health::problem,
                 base::format(
                     "{} is {}: cgo writes GNU C and calls its compiler with GCC's options, "
                     "which Microsoft's does not know; MinGW, clang or zig do",
                     name, base::printable(command)),
                 "sudo apt-get install gcc-mingw-w64"});
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator{directory, problem}) {
        const std::string extension = entry.path().extension().native();
        if (extension != ".obj" && extension != ".lib") continue;
        conditions.push_back(
            {"MSVC",
             Health::note,
             base::format(
                 "{} looks like Microsoft's: objects and static libraries of that compiler "
                 "need its C runtime and cannot be linked into a Go program; a DLL with C "
                 "functions can, through a library that dlltool makes of its .def file",
                 base::printable(entry.path().filename().native())),
             {}});
        return;
    }
}

}  // namespace gov::cross
