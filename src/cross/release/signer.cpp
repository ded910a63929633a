// SPDX-License-Identifier: Apache-2.0
#include "cross/release/signer.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/release/signing_program.hpp"

#include <array>
#include <utility>
#include <vector>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using Method = Signer::Method;

constexpr std::array<std::pair<std::string_view, Method>, 5> methods{{
    {"minisign", Method::minisign},
    {"ssh", Method::ssh},
    {"gpg", Method::gpg},
    {"gpg-clear", Method::gpg_clear},
    {"command", Method::command},
}};

constexpr const char* hint =
    "minisign:KEYFILE, ssh:KEYFILE, gpg[:USER], gpg-clear[:USER] or "
    "command:WORDS";

class Signing {
public:
    Signing(const fs::path& file, const Signer& signer, const base::Environment& environment)
        : file_{file}, signer_{signer}, environment_{environment} {}

    fs::path run() {
        switch (signer_.method) {
            case Method::minisign:
                return with_minisign();
            case Method::ssh:
                return with_ssh();
            case Method::gpg:
                return with_gpg(".sig", "--detach-sign");
            case Method::gpg_clear:
                return with_gpg(".asc", "--clearsign");
            case Method::command:
                return with_command();
        }
        return {};
    }

private:
    void call(const std::string& program, std::vector<std::string> words) const {
        const base::ProcessResult result =
            call_signing_program(program, std::move(words), file_.parent_path(), environment_);
        if (result.status != 0)
            throw Error{base::format("{} ended with status {}: {}{}", program, result.status,
                                     base::printable(result.errors),
                                     base::printable(result.output))};
    }

    fs::path beside(const char* extension) const {
        fs::path path = file_;
        path += extension;
        std::error_code ignored;
        fs::remove(path, ignored);  // the programs ask before they overwrite
        return path;
    }

    fs::path with_minisign() const {
        const fs::path signature = beside(".minisig");
        fs::path public_key = signer_.key;
        public_key.replace_extension(".pub");
        // The comments have no time in them, so that the signature is the same each time.
        call("minisign", {"-S", "-s", signer_.key, "-m", file_.native(), "-x", signature.native(),
                          "-t", file_.filename().native()});
        call("minisign", {"-V", "-q", "-p", public_key.native(), "-m", file_.native(), "-x",
                          signature.native()});
        return signature;
    }

    fs::path with_ssh() const {
        const fs::path signature = beside(".sig");
        call("ssh-keygen",
             {"-Y", "sign", "-q", "-f", signer_.key, "-n", ssh_namespace, file_.native()});
        call("sh", ssh_keygen_reading(file_, {"-Y", "check-novalidate", "-n", ssh_namespace, "-s",
                                              signature.native()}));
        return signature;
    }

    fs::path with_gpg(const char* extension, const char* how) const {
        const fs::path signature = beside(extension);
        std::vector<std::string> words{"--batch", "--yes"};
        if (!signer_.key.empty()) words.insert(words.end(), {"--local-user", signer_.key});
        words.insert(words.end(), {"--output", signature.native(), how, file_.native()});
        call("gpg", std::move(words));
        std::vector<std::string> check{"--batch", "--verify", signature.native()};
        if (signer_.method == Method::gpg) check.push_back(file_.native());
        call("gpg", std::move(check));
        return signature;
    }

    fs::path with_command() {
        const fs::path signature = beside(".sig");
        environment_.set("GOV_FILE", file_.native());
        environment_.set("GOV_SIGNATURE", signature.native());
        call("sh", {"-c", signer_.key});
        if (!fs::exists(signature))
            throw Error{base::format("the command wrote no {}", signature.filename().native())};
        return signature;
    }

    const fs::path& file_;
    const Signer& signer_;
    base::Environment environment_;
};

}  // namespace

Signer parse_signer(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view word = text.substr(0, colon);
    const std::string_view key =
        colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    for (const auto& [name, method] : methods) {
        if (name != word) continue;
        const bool may_lack_key = method == Method::gpg || method == Method::gpg_clear;
        if (key.empty() && !may_lack_key) break;
        return {method, std::string{key}};
    }
    throw Error{base::format("sign {}: no way to sign", base::printable(text)), hint,
                ExitCode::usage};
}

fs::path sign_file(const fs::path& file, const Signer& signer,
                   const base::Environment& environment) {
    return base::while_doing("signing " + file.filename().native(),
                             [&] { return Signing{file, signer, environment}.run(); });
}

}  // namespace gov::cross
