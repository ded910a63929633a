// SPDX-License-Identifier: Apache-2.0
#include "cross/release/signature_check.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/release/artifact_list.hpp"
#include "cross/release/signing_program.hpp"
#include "cross/temporary_directory.hpp"

#include <optional>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view rule = "release-signature";
constexpr std::size_t size_limit = 1U << 20U;
constexpr std::string_view no_key = "whose it is was not checked: name the public key by --key";

std::string content_of(const fs::path& path) {
    return base::read_file(path, size_limit).value_or("");
}

// One signature, whose file tells what made it.
class Check {
public:
    Check(const fs::path& file, const fs::path& signature, const fs::path& key,
          const base::Environment& environment)
        : file_{file}, signature_{signature}, key_{key}, environment_{environment} {}

    Finding run() {
        try {
            const std::string content = content_of(signature_);
            if (signature_.extension() == ".minisig") return by_minisign();
            if (content.starts_with("-----BEGIN SSH SIGNATURE-----")) return by_ssh();
            if (content.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")) return by_clear_gpg();
            // A packet of OpenPGP (RFC 9580, section 4.2) starts with its highest bit set.
            const bool is_packet =
                !content.empty() && (static_cast<unsigned char>(content[0]) & 0x80U) != 0;
            if (is_packet || content.starts_with("-----BEGIN PGP SIGNATURE-----")) return by_gpg();
            return finding(Level::warning, "it is of a program that gov does not know");
        } catch (const base::Error& error) {
            if (base::exit_code_of(error) != base::ExitCode::missing_dependency) throw;
            return finding(Level::warning,
                           base::format("it was not checked, since {}", base::full_message(error)));
        }
    }

private:
    Finding finding(Level level, std::string_view text) const {
        return {rule, base::format("{}: {}", signature_.filename().native(), text), level};
    }

    base::ProcessResult call(const std::string& program, std::vector<std::string> words) const {
        return call_signing_program(program, std::move(words), file_.parent_path(), environment_);
    }

    Finding verdict(const base::ProcessResult& result) const {
        if (result.status == 0) return finding(Level::note, "it holds");
        const std::string said = result.errors.empty() ? result.output : result.errors;
        return finding(Level::error, base::format("it does not hold: {}", base::printable(said)));
    }

    Finding by_minisign() const {
        if (key_.empty()) return finding(Level::warning, no_key);
        return verdict(call("minisign", {"-V", "-q", "-p", key_.native(), "-m", file_.native(),
                                         "-x", signature_.native()}));
    }

    Finding by_ssh() const {
        std::vector<std::string> words{"-Y", "check-novalidate"};
        const TemporaryDirectory temporary;
        if (!key_.empty()) {
            const fs::path signers = temporary.path() / "signers";
            base::write_file_atomically(signers, "gov " + content_of(key_));
            words = {"-Y", "verify", "-I", "gov", "-f", signers.native()};
        }
        words.insert(words.end(), {"-n", ssh_namespace, "-s", signature_.native()});
        const Finding found = verdict(call("sh", ssh_keygen_reading(file_, words)));
        return key_.empty() && found.level == Level::note ? finding(Level::warning, no_key) : found;
    }

    // Has gpg take the one key for all that it knows.
    void take_key(const fs::path& home) {
        if (key_.empty()) return;
        environment_.set("GNUPGHOME", home.native());
        const base::ProcessResult result = call("gpg", {"--batch", "--import", key_.native()});
        if (result.status != 0)
            throw base::Error{base::format("gpg cannot read the key {}: {}", key_.native(),
                                           base::printable(result.errors))};
    }

    Finding by_gpg() {
        const TemporaryDirectory home;
        take_key(home.path());
        return verdict(call("gpg", {"--batch", "--trust-model", "always", "--verify",
                                    signature_.native(), file_.native()}));
    }

    // The signature is over the text in its own file, which has to be that of the other.
    Finding by_clear_gpg() {
        const TemporaryDirectory home;
        take_key(home.path());
        const base::ProcessResult result =
            call("gpg", {"--batch", "--trust-model", "always", "--decrypt", signature_.native()});
        if (result.status == 0 && result.output != content_of(file_))
            return finding(Level::error,
                           base::format("what it signs is not {}", file_.filename().native()));
        return verdict(result);
    }

    const fs::path& file_;
    const fs::path& signature_;
    const fs::path& key_;
    base::Environment environment_;
};

}  // namespace

Findings check_signatures(const fs::path& folder, const fs::path& key,
                          const base::Environment& environment) {
    const fs::path file = folder / checksums_name;
    Findings findings;
    for (const char* extension : {".minisig", ".sig", ".asc"}) {
        fs::path signature = file;
        signature += extension;
        std::error_code ignored;
        if (fs::is_regular_file(signature, ignored))
            findings.push_back(Check{file, signature, key, environment}.run());
    }
    if (findings.empty() && !key.empty())
        findings.push_back({rule, base::format("{} is not signed", checksums_name)});
    return findings;
}

}  // namespace gov::cross
