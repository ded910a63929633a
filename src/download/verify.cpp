// SPDX-License-Identifier: Apache-2.0
#include "download/verify.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "download/admission.hpp"
#include "download/member_name.hpp"
#include "download/workers.hpp"
#include "proof/h1.hpp"
#include "proof/proof.hpp"
#include "store/manifest.hpp"
#include "toolchain/module_files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;

namespace {

[[noreturn]] void refuse(const char* what) {
    throw Error{base::format("the toolchain {}", what), "uninstall it, then install it again",
                ExitCode::verification};
}

struct File {
    std::string name;  // below the GOROOT
    std::string hash;  // hex SHA-256; what it is instead, for what is no file with the right mode
};

// Everything below `goroot` but directories.
std::vector<File> list_files(const fs::path& goroot) {
    std::vector<File> files;
    const std::size_t prefix = goroot.native().size() + 1;
    try {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator{goroot})
            if (entry.is_symlink() || !entry.is_directory())
                files.push_back({entry.path().native().substr(prefix), {}});
    } catch (const fs::filesystem_error& error) {
        throw base::system_error(base::format("reading {}", error.path1().native()),
                                 error.code().value());
    }
    return files;
}

std::string hash_of(const fs::path& path, std::string_view name, base::Sha256& hash) {
    base::throw_if_interrupted();
    const base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    struct stat status;
    if (!fd && errno == ELOOP) return "a link";
    if (!fd || ::fstat(fd.get(), &status) != 0)
        throw base::system_error(base::format("reading {}", path.native()), errno);
    constexpr mode_t write_bits = 0222;  // a file shared between toolchains has none
    if (!S_ISREG(status.st_mode) ||
        (status.st_mode & 07777 & ~write_bits) != (toolchain::file_mode(name) & ~write_bits))
        return "another mode";
    std::array<std::uint8_t, 65536> buffer;
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
        if (got < 0) throw base::system_error(base::format("reading {}", path.native()), errno);
        if (got == 0) return base::to_hex(hash.finish());
        hash.update(base::Bytes{buffer}.first(static_cast<std::size_t>(got)));
    }
}

void hash_all(const fs::path& goroot, std::vector<File>& files) {
    std::atomic<std::size_t> next = 0;
    on_threads(cores(), [&] {
        base::Sha256 hash;
        for (std::size_t i = next++; i < files.size(); i = next++)
            files[i].hash = hash_of(goroot / files[i].name, files[i].name, hash);
    });
}

std::vector<Difference> compare(store::Manifest::Hashes expected, const std::vector<File>& files) {
    std::vector<Difference> differences;
    for (const File& file : files) {
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

}  // namespace

namespace {

// The receipt and the manifest, found to belong together and to this release.
void check_receipt(const store::Receipt& receipt, std::string_view manifest,
                   std::string_view gosumdb) {
    if (proof::h1_of_manifest(manifest) != receipt.h1)
        refuse("has a receipt that contradicts itself");
    if (!receipt.proof) {
        // The policy follows from the release, not from what the receipt has.
        if (Target{receipt.version, receipt.platform, {}}.archive_is_logged())
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

}  // namespace

Verification verify(const store::Places& places, const store::Toolchain& toolchain,
                    std::string_view gosumdb) {
    return base::while_doing(base::format("verifying {}", toolchain.version.name()), [&] {
        auto receipt = store::read_receipt(places, toolchain.version);
        const auto manifest = store::Manifest::read(places, toolchain.version);
        if (!receipt || !manifest) refuse("has no receipt");
        check_receipt(*receipt, manifest->text(), gosumdb);
        std::vector<File> files = list_files(toolchain.goroot);
        hash_all(toolchain.goroot, files);
        auto differences = compare(manifest->hashes(), files);
        return Verification{std::move(*receipt), std::move(differences)};
    });
}

}  // namespace gov::download
