// SPDX-License-Identifier: Apache-2.0
#include "download/admission.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "download/little_endian.hpp"
#include "download/log_answers.hpp"
#include "proof/checksum_database.hpp"
#include "proof/directory_memory.hpp"
#include "proof/h1.hpp"
#include "store/installed.hpp"
#include "store/manifest.hpp"

#include <fcntl.h>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

namespace {

std::string manifest_of(const Target& target, const Unpacked& unpacked) {
    proof::TreeHash hash;
    for (const auto& [name, content] : unpacked.files) hash.add(target.prefix() + name, content);
    return hash.finish_manifest();
}

std::string first_bytes(const fs::path& path, std::size_t count) {
    const base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    return fd && size_of(fd.get()) >= count ? read_exactly(fd.get(), 0, count) : std::string{};
}

// The tree is `version` and its go runs here: the first line of VERSION says so, and bin/go is a
// program for the kind of machine that this one is.
void check_identity(const fs::path& root, const GoVersion& version) {
    const std::string text = base::read_file(root / "VERSION", 4096).value_or("");
    const std::string first_line = text.substr(0, text.find('\n'));
    if (first_line != version.name())
        throw Error{base::format("what came holds \"{}\", not {}",
                                 base::printable(first_line.substr(0, 64)), version.name()),
                    {},
                    ExitCode::verification};
    constexpr std::size_t up_to_machine = 20;  // ELF's magic, class and machine
    const std::string go = first_bytes(root / "bin" / "go", up_to_machine);
    std::string own = first_bytes("/proc/self/exe", up_to_machine);
    if (go.size() != own.size() || go.substr(0, 6) != own.substr(0, 6) ||
        go.substr(18) != own.substr(18))
        throw Error{"its bin/go is no program for this machine", {}, ExitCode::verification};
}

// What to do about a tree of that source which is not what it should be.
std::string hint_for(std::string_view source, const GoVersion& version) {
    if (source == "adopted")
        return base::format("it was changed; gov install {} brings the original", version.name());
    if (source == "built") return "its source was changed, or a fault of the compiler is in it";
    return "the source is damaged or lies; try another one";
}

// The receipt for the tree whose hash is `h1`, or Error where the proof is of something else.
store::Receipt receipt_for(const Target& target, Provenance from, const std::string& h1,
                           std::optional<proof::Proof> proof) {
    if (proof && proof->h1 != h1)
        throw Error{
            base::format("the files that came from {} hash to {}, but the checksum database {} has "
                         "{} for {}",
                         from.place, h1, proof->database, proof->h1, target.version.name()),
            hint_for(from.source, target.version), ExitCode::verification};
    return {target.version,
            target.platform,
            std::move(from.source),
            std::move(from.place),
            std::move(from.archive_sha256),
            h1,
            proof ? "log" : std::move(from.proved_by),
            std::move(proof),
            from.full,
            from.editable,
            std::move(from.built_with)};
}

}  // namespace

Target Target::of(const Settings& settings, const GoVersion& version) {
    return {version, settings.platform, toolchain::module_version(version, settings.platform)};
}

std::string Target::prefix() const {
    return base::format("{}@{}/", toolchain::toolchain_module, module_version);
}

bool Target::archive_is_logged() const {
    static const GoVersion first = GoVersion::require("1.21rc1");
    return version >= first;
}

bool needs_log(const Settings& settings, const Target& target) {
    return target.archive_is_logged() && settings.verify == project::Config::Verify::log;
}

void check_may_ask_log(const Settings& settings) {
    parse_gosumdb(settings.gosumdb);
    if (settings.offline)
        throw Error{"the checksum database is not asked while offline",
                    "try again without --offline and GOV_OFFLINE", ExitCode::unreachable};
}

proof::Proof ask_log(const Settings& settings, const Target& target) {
    check_may_ask_log(settings);
    const DatabaseSetting database = parse_gosumdb(settings.gosumdb);
    const proof::Verifier verifier = proof::Verifier::parse(database.key);
    const fs::path name = fs::path{"sumdb"} / verifier.name;
    proof::DirectoryMemory memory{{settings.places.cache / name,
                                   settings.places.state / name / "latest",
                                   settings.places.state / name / "evidence"}};
    LogAnswers answers{verifier.name, database, parse_proxies(settings.goproxy), settings.access};
    return proof::prove(verifier, toolchain::toolchain_module, target.module_version, answers,
                        memory);
}

std::optional<store::Receipt> installed_receipt(const store::Places& places,
                                                const GoVersion& version) {
    try {
        auto receipt = store::read_receipt(places, version);
        if (receipt && store::find_installed(places, version)) return receipt;
    } catch (const Error&) {
        // A damaged receipt proves nothing: as if there were none.
    }
    store::remove_toolchain(places, version);
    return std::nullopt;
}

store::Receipt admit(const Settings& settings, const Target& target, Provenance from,
                     const Unpacked& unpacked, std::optional<proof::Proof> proof,
                     store::Staging& staging) {
    const std::string manifest = manifest_of(target, unpacked);
    store::Receipt receipt =
        receipt_for(target, std::move(from), proof::h1_of_manifest(manifest), std::move(proof));
    check_lock(settings, receipt);
    check_identity(staging.path(), target.version);
    store::Manifest::write(settings.places, target.version, manifest);
    store::write_receipt(settings.places, receipt);
    staging.commit();
    return receipt;
}

void check_lock(const Settings& settings, const store::Receipt& receipt) {
    const auto& locked = settings.locked;
    if (!locked || locked->version != receipt.version) return;
    const auto refuse = [&](std::string_view what, const std::string& fixed,
                            const std::string& found) {
        throw Error{
            base::format("the {} of {} is {}, but {} fixes {}", what, receipt.version.name(), found,
                         base::printable(locked->file), fixed),
            "one of them was tampered with; gov lock writes what the checksum database says",
            ExitCode::verification};
    };
    if (!locked->h1.empty() && receipt.h1 != locked->h1) refuse("h1", locked->h1, receipt.h1);
    if (!locked->sha256.empty() && receipt.source == "download" &&
        receipt.archive_sha256 != locked->sha256)
        refuse("archive's SHA-256", locked->sha256, receipt.archive_sha256);
}

}  // namespace gov::download
