// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.hpp"

#include "base/error.hpp"
#include "base/lazy_library.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace gov::base {

namespace {

struct CryptoApi {
    LazyLibrary library{"libcrypto.so.3", "libssl3"};
    GOV_SYMBOL(EVP_, MD_fetch);
    GOV_SYMBOL(EVP_, MD_CTX_new);
    GOV_SYMBOL(EVP_, MD_CTX_free);
    GOV_SYMBOL(EVP_, DigestInit_ex2);
    GOV_SYMBOL(EVP_, DigestUpdate);
    GOV_SYMBOL(EVP_, DigestFinal_ex);
    GOV_SYMBOL(EVP_, DigestVerifyInit);
    GOV_SYMBOL(EVP_, DigestVerify);
    GOV_SYMBOL(EVP_, PKEY_new_raw_public_key);
    GOV_SYMBOL(EVP_, PKEY_free);
    EVP_MD* sha256 = MD_fetch(nullptr, "SHA256", nullptr);  // fetched once: a fetch takes a lock
};

const CryptoApi& crypto_api() {
    static const CryptoApi api;
    return api;
}

struct ContextCloser {
    void operator()(EVP_MD_CTX* context) const noexcept { crypto_api().MD_CTX_free(context); }
};
struct KeyCloser {
    void operator()(EVP_PKEY* key) const noexcept { crypto_api().PKEY_free(key); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextCloser>;
using Key = std::unique_ptr<EVP_PKEY, KeyCloser>;

Context new_context() {
    Context context{crypto_api().MD_CTX_new()};
    if (!context) throw std::bad_alloc{};
    return context;
}

void check(int result, const char* what) {
    if (result != 1) throw Error{std::string{"libcrypto refused "} + what};
}

int hex_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

struct Sha256::State {
    Context context = new_context();
};

Sha256::Sha256() : state_{std::make_unique<State>()} {
    check(crypto_api().DigestInit_ex2(state_->context.get(), crypto_api().sha256, nullptr),
          "SHA-256");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(Bytes data) {
    check(crypto_api().DigestUpdate(state_->context.get(), data.data(), data.size()), "SHA-256");
}

Digest Sha256::finish() {
    Digest digest;
    check(crypto_api().DigestFinal_ex(state_->context.get(), digest.data(), nullptr), "SHA-256");
    check(crypto_api().DigestInit_ex2(state_->context.get(), crypto_api().sha256, nullptr),
          "SHA-256");
    return digest;
}

Digest sha256(Bytes data) {
    Sha256 hash;
    hash.update(data);
    return hash.finish();
}

std::string to_hex(Bytes data) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(data.size() * 2);
    for (const std::uint8_t byte : data) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

std::optional<Digest> digest_from_hex(std::string_view hex) {
    Digest digest;
    if (hex.size() != digest.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

bool ed25519_verify(Bytes public_key, Bytes message, Bytes signature) {
    const CryptoApi& api = crypto_api();
    const Key key{api.PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(),
                                              public_key.size())};
    if (!key) return false;
    const Context context = new_context();
    check(api.DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()), "Ed25519");
    return api.DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

}  // namespace gov::base
