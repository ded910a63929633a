// SPDX-License-Identifier: Apache-2.0
#include "signer.hpp"

#include "base/base64.hpp"
#include "base/format.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace gov::proof::tests {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key private_key(const base::Digest& seed) {
    return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
            EVP_PKEY_free};
}

}  // namespace

Signer::Signer(std::string name, std::string_view seed)
    : name_{std::move(name)}, seed_{base::sha256(base::as_bytes(seed))} {}

std::string Signer::public_key() const {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    if (EVP_PKEY_get_raw_public_key(private_key(seed_).get(),
                                    reinterpret_cast<unsigned char*>(raw.data()), &size) != 1)
        throw std::runtime_error{"no public key"};
    return raw;
}

std::string Signer::key_hash() const {
    const auto hash = base::sha256(base::as_bytes(name_ + "\n\x01" + public_key()));
    return {reinterpret_cast<const char*>(hash.data()), 4};
}

std::string Signer::key() const {
    return base::format("{}+{}+{}", name_, base::to_hex(base::as_bytes(key_hash())),
                        base::to_base64(base::as_bytes("\x01" + public_key())));
}

std::string Signer::sign(std::string_view text) const {
    const Key key = private_key(seed_);
    const Context context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       base::as_bytes(text).data(), text.size()) != 1)
        throw std::runtime_error{"no signature"};
    return signature;
}

std::string Signer::line(std::string_view text) const {
    return signature_line(name_, key_hash(), sign(text));
}

std::string Signer::note(std::string_view text) const {
    return std::string{text} + "\n" + line(text);
}

std::string signature_line(std::string_view name, std::string_view key_hash,
                           std::string_view signature) {
    const std::string bytes = std::string{key_hash} + std::string{signature};
    return base::format("\u2014 {} {}\n", name, base::to_base64(base::as_bytes(bytes)));
}

}  // namespace gov::proof::tests
