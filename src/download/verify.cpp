// SPDX-License-Identifier: Apache-2.0
#include "download/verify.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "download/admission.hpp"
#include "download/adopt.hpp"
#include "download/tree_hashes.hpp"
#include "proof/h1.hpp"
#include "proof/proof.hpp"
#include "store/manifest.hpp"
#include "toolchain/module_files.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;
using Policy = project::Config::Verify;
using toolchain::Platform;

namespace {

[[noreturn]] void refuse(const char* what) {
    throw Error{base::format("the toolchain {}", what), "uninstall it, then install it again",
                ExitCode::verification};
}

// `beyond` is what files outside the module are.
std::vector<Difference> compare(store::Manifest::Hashes expected,
                                const std::vector<HashedFile>& files, Change beyond) {
    std::vector<Difference> differences;
    for (const HashedFile& file : files) {
        if (!toolchain::is_in_module(file.name)) {
            differences.push_back({beyond, file.name});
            continue;
        }
        const auto found = expected.find(file.name);
        if (found == expected.end()) {
            differences.push_back({Change::extra, file.name});
            continue;
        }
        if (found->second != file.hash) differences.push_back({Change::changed, file.name});
        expected.erase(found);
    }
    for (const auto& [name, hash] : expected) differences.push_back({Change::missing, name});
    std::ranges::sort(differences, {}, &Difference::name);
    return differences;
}

// The receipt and the manifest, found to belong together and to this release.
void check_receipt(const store::Receipt& receipt, std::string_view manifest,
                   std::string_view gosumdb, Policy policy) {
    if (proof::h1_of_manifest(manifest) != receipt.h1)
        refuse("has a receipt that contradicts itself");
    if (!receipt.is_proved()) return;  // which the receipt itself says
    if (!receipt.proof) {
        // The policy follows from the release and the user, not from what the receipt has.
        if (Target{receipt.version, receipt.platform, {}}.archive_is_logged() &&
            policy == Policy::log)
            refuse("has no proof");
        return;
    }
    const proof::Proof& proof = *receipt.proof;
    if (proof.h1 != receipt.h1 || proof.module != toolchain::toolchain_module ||
        proof.version != module_version(receipt.version, receipt.platform))
        refuse("has the proof of something else");
    const proof::Verifier go = proof::Verifier::parse(proof::sum_golang_org_key);
    proof::check(
        proof, proof.database == go.name ? go : proof::Verifier::parse(parse_gosumdb(gosumdb).key));
}

// What an installed toolchain is held against.
struct Reference {
    store::Receipt receipt;
    store::Manifest manifest;
};

Reference require_reference(const store::Places& places, const GoVersion& version,
                            std::string_view gosumdb, Policy policy) {
    auto receipt = store::read_receipt(places, version);
    auto manifest = store::Manifest::read(places, version);
    if (!receipt || !manifest) refuse("has no receipt");
    check_receipt(*receipt, manifest->text(), gosumdb, policy);
    return {std::move(*receipt), std::move(*manifest)};
}

}  // namespace

bool Verification::is_whole() const noexcept {
    return std::ranges::all_of(differences, [](const Difference& difference) {
        return difference.change == Change::not_covered;
    });
}

Verification verify(const store::Places& places, const store::Toolchain& toolchain,
                    std::string_view gosumdb, Policy policy) {
    return base::while_doing(base::format("verifying {}", toolchain.version.name()), [&] {
        Reference reference = require_reference(places, toolchain.version, gosumdb, policy);
        const auto files = hash_tree(toolchain.goroot, Modes::count);
        auto differences = compare(reference.manifest.hashes(), files,
                                   reference.receipt.full ? Change::not_covered : Change::extra);
        return Verification{std::move(reference.receipt), std::move(differences)};
    });
}

namespace {

// The platform whose tools the GOROOT has; this machine's where it has none, or several.
Platform platform_of(const fs::path& goroot) {
    std::vector<std::string> names;
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator{goroot / "pkg/tool", absent})
        names.push_back(entry.path().filename());
    const std::size_t cut = names.size() == 1 ? names[0].find('_') : std::string::npos;
    if (cut == std::string::npos) return Platform::host();
    return {names[0].substr(0, cut), names[0].substr(cut + 1)};
}

// A module cache has a copy called go.mod beside each _go.mod: here the two are one file, called
// as in an installed tree.
std::vector<HashedFile> under_installed_names(std::span<const HashedFile> files) {
    std::unordered_map<std::string_view, std::string_view> by_name;
    for (const HashedFile& file : files) by_name.emplace(file.name, file.hash);
    std::vector<HashedFile> result;
    for (const HashedFile& file : files) {
        std::string name = toolchain::installed_name(file.name);
        const auto twin = by_name.find(name);
        if (name == file.name || twin == by_name.end())
            result.push_back({std::move(name), file.hash});
        else if (twin->second != file.hash)
            result.push_back(file);  // told as a file that no release has
    }
    return result;
}

// What proved the installed toolchain of the release that `target` names; nullopt where there is
// none to rely on.
std::optional<Reference> installed_reference(const Settings& settings, const Target& target) {
    if (!store::find_installed(settings.places, target.version)) return std::nullopt;
    try {
        Reference reference =
            require_reference(settings.places, target.version, settings.gosumdb, Policy::log);
        if (reference.receipt.is_proved() && reference.receipt.platform == target.platform)
            return reference;
    } catch (const Error&) {
        // What is installed is not what was proved: the log is asked instead.
    }
    return std::nullopt;
}

// The h1 of `files`, but for what is outside the module; those are the differences.
std::pair<std::string, std::vector<Difference>> covered_h1(const Target& target,
                                                           const std::vector<HashedFile>& files) {
    std::string manifest;
    std::vector<Difference> beyond;
    std::vector<std::pair<std::string, std::string>> lines;
    for (const HashedFile& file : files)
        if (toolchain::is_in_module(file.name))
            lines.emplace_back(target.prefix() + toolchain::module_name(file.name), file.hash);
        else
            beyond.push_back({Change::not_covered, file.name});
    std::ranges::sort(lines);
    std::ranges::sort(beyond, {}, &Difference::name);
    for (const auto& [name, hash] : lines) manifest += base::format("{}  {}\n", hash, name);
    return {proof::h1_of_manifest(manifest), std::move(beyond)};
}

}  // namespace

Verification verify_directory(const Settings& settings, const fs::path& goroot) {
    return base::while_doing(base::format("verifying {}", base::printable(goroot.native())), [&] {
        const auto candidate = read_candidate(goroot);
        if (!candidate)
            throw Error{"it is no GOROOT of a Go release: its file VERSION names none",
                        "gov list shows what is installed", ExitCode::usage};
        const Target target{candidate->version, platform_of(goroot),
                            module_version(candidate->version, platform_of(goroot))};
        store::Receipt held_against{target.version, target.platform, "directory", goroot.native(),
                                    std::string{},  std::string{},   "log",       std::nullopt};
        const auto reference = installed_reference(settings, target);
        if (!reference) held_against.proof = ask_log(settings, target);
        const auto files = under_installed_names(hash_tree(goroot, Modes::are_ignored));
        if (reference) {
            held_against.h1 = reference->receipt.h1;
            held_against.proved_by = reference->receipt.proved_by;
            held_against.proof = reference->receipt.proof;
            return Verification{std::move(held_against),
                                compare(reference->manifest.hashes(), files, Change::not_covered)};
        }
        auto [h1, beyond] = covered_h1(target, files);
        held_against.h1 = h1;
        if (h1 != held_against.proof->h1)
            throw Error{
                base::format("its files hash to {}, but the checksum database {} has {} for {}", h1,
                             held_against.proof->database, held_against.proof->h1,
                             target.version.name()),
                base::format("with {0} installed each file that differs is named: gov install {0}",
                             target.version.name()),
                ExitCode::verification};
        return Verification{std::move(held_against), std::move(beyond)};
    });
}

}  // namespace gov::download
