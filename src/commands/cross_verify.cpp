// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "base/printable.hpp"
#include "commands/all_commands.hpp"
#include "commands/cross_request.hpp"
#include "cross/artifact/verification.hpp"
#include "cross/release/artifact_list.hpp"
#include "cross/release/checksum_check.hpp"
#include "cross/release/signature_check.hpp"
#include "toolchain/go_version.hpp"

#include <array>
#include <charconv>

namespace gov::commands {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using cross::Level;
using cross::Verification;

constexpr std::array options{
    Option{.name = "target", .value = "TARGET", .help = "what they should be for: linux/amd64"},
    Option{.name = "go", .value = "VERSION", .help = "the release that should have built them"},
    Option{.name = "revision", .value = "REV", .help = "the commit they should be of"},
    Option{.name = "glibc-max", .value = "X.Y", .help = "the newest glibc they may need"},
    Option{.name = "macos-max", .value = "X.Y", .help = "the newest macOS they may ask for"},
    Option{.name = "size-max", .value = "BYTES", .help = "the most bytes a file may have"},
    Option{.name = "trimpath", .value = "", .help = "they were built with -trimpath"},
    Option{.name = "no-cgo", .value = "", .help = "they were built without cgo"},
    Option{.name = "static", .value = "", .help = "they need no loader and no library"},
    Option{.name = "subsystem", .value = "KIND", .help = "of Windows programs: console or gui"},
    Option{.name = "no-debug-info", .value = "", .help = "they hold no debug information"},
    Option{.name = "key", .value = "FILE", .help = "whose signature checksums.txt has to have"},
    Option{.name = "strict", .value = "", .help = "a warning refuses a file too"},
    json_option,
};

[[noreturn]] void misused(std::string_view option, std::string_view value,
                          std::string_view wanted) {
    throw Error{
        base::format("--{} {}: {}", option, base::printable(value), wanted), {}, ExitCode::usage};
}

std::uint64_t size_of(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (problem != std::errc{} || end != text.data() + text.size() || size == 0)
        misused("size-max", text, "not a number of bytes");
    return size;
}

cross::Policy policy_of(const Arguments& arguments) {
    cross::Policy policy;
    policy.revision = arguments.value("revision").value_or("");
    policy.glibc_max = arguments.value("glibc-max").value_or("");
    policy.macos_max = arguments.value("macos-max").value_or("");
    if (const auto size = arguments.value("size-max")) policy.size_max = size_of(*size);
    if (arguments.has("static")) policy.must_be_static = true;
    policy.no_debug_info = arguments.has("no-debug-info");
    if (const auto kind = arguments.value("subsystem")) {
        if (*kind != "console" && *kind != "gui") misused("subsystem", *kind, "console or gui");
        policy.subsystem = *kind == "gui" ? cross::Subsystem::gui : cross::Subsystem::console;
    }
    return policy;
}

// What the options ask of `artifact`, over what it says itself.
cross::Expectation expectation_of(const Arguments& arguments, const cross::Artifact& artifact) {
    cross::Expectation wanted = cross::expectation_of(artifact);
    if (const auto target = arguments.value("target")) {
        const auto slash = target->find('/');
        if (slash == std::string_view::npos)
            misused("target", *target, "a target is GOOS/GOARCH, as in linux/amd64");
        wanted.os = target->substr(0, slash);
        wanted.arch = target->substr(slash + 1);
        wanted.is_program = true;
    }
    if (const auto version = arguments.value("go"))
        wanted.go_version = toolchain::GoVersion::require(*version).name();
    if (arguments.has("trimpath")) wanted.trimpath = true;
    if (arguments.has("no-cgo")) wanted.cgo = false;
    return wanted;
}

Verification verify(const Arguments& arguments, const fs::path& file, const cross::Policy& policy) {
    return cross::verify_file(
        file, [&](const cross::Artifact& artifact) { return expectation_of(arguments, artifact); },
        policy);
}

bool is_refused(const Verification& verification, bool strict) {
    const Level worst = cross::worst_of(verification.findings);
    return worst == Level::error || (strict && worst == Level::warning);
}

std::string text_of(const Verification& verification, bool refused) {
    std::string target = "-";
    if (const auto& artifact = verification.artifact)
        target = base::format("{}/{}", artifact->target_os(), artifact->arch);
    std::string text =
        base::format("{:<9} {:<16} {}\n", refused ? "refused" : "verified", base::printable(target),
                     base::printable(verification.file.native()));
    for (const cross::Finding& finding : verification.findings)
        text += base::format("  {} {}: {}\n", name_of(finding.level), finding.rule,
                             base::printable(finding.message));
    return text;
}

// Where a build of this project left its artifacts.
std::string built_folder(const Invocation& invocation) {
    const CrossPlaces places = cross_places(invocation, store::Places::of(invocation.environment));
    const fs::path folder = places.directory / places.output;
    if (!fs::exists(folder))
        throw Error{base::format("nothing was built here: there is no {}",
                                 base::printable(places.output.native())),
                    "gov cross build makes it; gov cross verify FILE checks any program"};
    return places.directory == invocation.directory ? places.output.native() : folder.native();
}

// What the folder `path` says of itself; nothing where it says nothing, or is none.
std::optional<Verification> verify_release(const Invocation& invocation, const fs::path& path) {
    if (!cross::has_checksums(path)) return std::nullopt;
    fs::path key{invocation.arguments.value("key").value_or("")};
    if (!key.empty()) key = invocation.directory / key;
    Verification found{.file = path / cross::checksums_name,
                       .artifact = {},
                       .findings = cross::check_checksums(path)};
    for (cross::Finding& finding : cross::check_signatures(path, key, invocation.environment))
        found.findings.push_back(std::move(finding));
    return found;
}

// All that there is to check at `path`.
std::vector<Verification> verify_all(const Invocation& invocation, const fs::path& path,
                                     const cross::Policy& policy) {
    std::vector<Verification> found;
    for (const fs::path& file : cross::programs_in(path))
        found.push_back(verify(invocation.arguments, file, policy));
    if (auto release = verify_release(invocation, path))
        found.push_back(std::move(*release));
    else if (invocation.arguments.has("key"))
        throw Error{
            base::format("{} has no {}", base::printable(path.native()), cross::checksums_name),
            "--key is for a folder that gov cross build --sign made", ExitCode::verification};
    return found;
}

ExitCode run(const Invocation& invocation) {
    const Arguments& arguments = invocation.arguments;
    const cross::Policy policy = policy_of(arguments);
    const bool json = arguments.has("json");
    base::Json::Array list;
    std::size_t refused = 0;
    std::size_t count = 0;
    std::vector<std::string> words = arguments.words;
    if (words.empty()) words.push_back(built_folder(invocation));
    for (const std::string& word : words) {
        const fs::path path = invocation.directory / word;
        auto verifications = verify_all(invocation, path, policy);
        if (verifications.empty())
            throw Error{base::format("{} holds no program", base::printable(word))};
        for (Verification& verification : verifications) {
            const fs::path below = verification.file.lexically_relative(path);
            verification.file = below == "." ? fs::path{word} : word / below;
            const bool is_bad = is_refused(verification, arguments.has("strict"));
            refused += is_bad ? 1 : 0;
            ++count;
            if (json)
                list.push_back(cross::to_json(verification, is_bad));
            else
                invocation.output.result(text_of(verification, is_bad));
        }
    }
    if (json) invocation.output.result(base::Json{std::move(list)}.write());
    if (refused == 0) return ExitCode::done;
    throw Error{base::format("{} of {} files refused", refused, count), {}, ExitCode::verification};
}

}  // namespace

constinit const Command cross_verify_command{
    .name = "cross verify",
    .topic = Topic::cross,
    .summary = "check program files by every rule",
    .words = "[FILE|DIR]...",
    .most_words = any_number,
    .completes = WordKind::file,
    .options = options,
    .help =
        "Of a directory (dist where nothing is named) every program is checked, and what\n"
        "its checksums.txt and the signatures over that say, where it has them. Files may\n"
        "be of any origin: without options their headers, build information and signature\n"
        "must agree, and their system must be able to start them. gov(1) lists the rules.",
    .run = run,
};

}  // namespace gov::commands
