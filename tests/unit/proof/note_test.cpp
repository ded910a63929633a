// SPDX-License-Identifier: Apache-2.0
#include "proof/note.hpp"

#include "failure.hpp"
#include "signer.hpp"

#include <doctest/doctest.h>
#include <openssl/bn.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace gov::base;
using namespace gov::proof::tests;
using gov::proof::open_note;

namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

const Signer signer;
const Signer stranger{"log.localhost", "another key"};
const std::string text = "some text\nof two lines\n";
const std::string good_line = signer.line(text);

bool is_refused_note(const std::string& note) {
    return is_refused([&] { open_note(note, signer.verifier()); });
}

Number from_little_endian(std::string_view bytes) {
    return {BN_lebin2bn(as_bytes(bytes).data(), static_cast<int>(bytes.size()), nullptr), BN_free};
}

std::string to_little_endian(const Number& number) {
    std::string bytes(32, '\0');
    BN_bn2lebinpad(number.get(), reinterpret_cast<unsigned char*>(bytes.data()), 32);
    return bytes;
}

// L of RFC 8032: the order of the group that signatures live in.
Number group_order() {
    BIGNUM* order = nullptr;
    BN_dec2bn(&order,
              "7237005577332262213973186563042994240857116359379907606001950938285454250989");
    return {order, BN_free};
}

std::string sha512(const std::string& data) {
    std::string digest(64, '\0');
    EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
               EVP_sha512(), nullptr);
    return digest;
}

// A signature by the holder of the key whose R is the neutral point, spelled `neutral`.
std::string signature_with_neutral_r(const std::string& neutral) {
    const Digest seed = signer.seed();
    std::string scalar = sha512({seed.begin(), seed.end()}).substr(0, 32);
    scalar[0] = static_cast<char>(scalar[0] & 0xF8);
    scalar[31] = static_cast<char>((scalar[31] & 0x7F) | 0x40);
    const Number key = from_little_endian(scalar);
    const Number challenge = from_little_endian(sha512(neutral + signer.public_key() + text));
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context{BN_CTX_new(), BN_CTX_free};
    Number s{BN_new(), BN_free};
    BN_mod_mul(s.get(), key.get(), challenge.get(), group_order().get(), context.get());
    return neutral + to_little_endian(s);
}

std::string note_with(const std::string& signature) {
    return text + "\n" + signature_line(signer.name(), signer.key_hash(), signature);
}

}  // namespace

TEST_CASE("a signed note opens to its text") {
    CHECK(open_note(signer.note(text), signer.verifier()) == text);
    const std::string with_blank_line = "a\n\nb\n";
    CHECK(open_note(signer.note(with_blank_line), signer.verifier()) == with_blank_line);
    CHECK(open_note(text + "\n" + good_line + good_line, signer.verifier()) == text);
    CHECK(open_note(text + "\n" + stranger.line(text) + good_line, signer.verifier()) == text);
}

TEST_CASE("SU01: what is not text, blank line and signatures is refused") {
    const std::string note = signer.note(text);
    std::string crlf;
    for (const char letter : note) crlf += letter == '\n' ? "\r\n" : std::string{letter};
    for (const std::string& wrong :
         {std::string{}, std::string{"\n"}, std::string{"\n\n"}, text, text + good_line,
          text + "\n\n" + good_line, note.substr(0, note.size() - 1), note + "\n", crlf,
          text + "\n", "\n" + note, note + "x", "\xff" + note, note + "\n" + note + "\n",
          text + "\x01\n" + good_line, text + "\n" + good_line + "\n" + good_line}) {
        CAPTURE(wrong);
        CHECK(is_refused_note(wrong));
    }
}

TEST_CASE("SU01: a text that hides something from its reader is refused, whoever signed it") {
    CHECK_FALSE(is_refused_note(signer.note("Gr\u00fc\u00dfe, \u4f60\u597d\n")));
    for (const std::string& hidden :
         {std::string{"a\x01"}, std::string{"a\r"}, std::string{"a\t"}, std::string{"a\x7f"},
          std::string{"a\0", 2}, std::string{"a\xff"}, std::string{"a\xed\xa0\x80"},
          std::string{"a\u202e"}, std::string{"a\u200b"}, std::string{"a\xc2\x9b"}}) {
        CAPTURE(hidden);
        CHECK(is_refused_note(signer.note(hidden + "\n")));
    }
}

TEST_CASE("SU02: a signature line has one form") {
    const std::string rest =
        good_line.substr(std::string_view{"\u2014"}.size());  // " name base64\n"
    const std::string& name = signer.name();
    const std::string base64 = rest.substr(name.size() + 2);
    REQUIRE_FALSE(is_refused_note(text + "\n\u2014 " + name + " " + base64));
    for (const std::string& line :
         {"-" + rest, "\u2013" + rest, rest, "\u2014" + rest.substr(1), "\u2014 " + rest,
          "\u2014  " + name + base64, "\u2014 " + name + "  " + base64, "\u2014 " + base64,
          "\u2014 " + name + "\n", "\u2014 " + name + " \n", "\u2014 a+b " + base64,
          "\u2014 a\u00a0b " + base64, "\u2014 " + name + " " + base64.substr(0, 8) + "\n",
          "\u2014 " + name + " AAAA\n", "\u2014 " + name + " !!!!\n", std::string{"\n"}}) {
        CAPTURE(line);
        CHECK(is_refused_note(text + "\n" + line));
        CHECK(is_refused_note(text + "\n" + good_line + line));
    }
}

TEST_CASE("SU03: a note has at most a hundred signatures and 64 KiB") {
    std::string lines;
    for (int i = 0; i < 99; ++i) lines += stranger.line(text);
    CHECK_FALSE(is_refused_note(text + "\n" + lines + good_line));
    lines += stranger.line(text);
    CHECK(is_refused_note(text + "\n" + lines + good_line));
    CHECK(is_refused_note(text + "\n" + good_line + lines));

    std::string filler(gov::proof::max_note_size - signer.note("").size() - 1, 'x');
    CHECK_FALSE(is_refused_note(signer.note(filler + "\n")));
    CHECK(is_refused_note(signer.note(filler + "x\n")));
}

TEST_CASE("SU05: a wrong signature by the right key is fatal, also beside a right one") {
    const std::string wrong_line = signer.line("another text\n");
    CHECK(is_refused_note(text + "\n" + wrong_line));
    CHECK(is_refused_note(text + "\n" + wrong_line + good_line));
    CHECK(is_refused_note(text + "\n" + good_line + wrong_line));  // Go takes this
}

TEST_CASE("SU06: another key's signature counts for nothing") {
    const std::string signature = signer.sign(text);
    CHECK(is_refused_note(text + "\n" + stranger.line(text)));
    CHECK(is_refused_note(text + "\n" +
                          signature_line(signer.name(), stranger.key_hash(), signature)));
    CHECK(is_refused_note(text + "\n" +
                          signature_line("other.localhost", signer.key_hash(), signature)));
}

TEST_CASE("SU07: a signature of another length is refused") {
    const std::string signature = signer.sign(text);
    REQUIRE_FALSE(is_refused_note(note_with(signature)));
    CHECK(is_refused_note(note_with(signature.substr(0, 63))));
    CHECK(is_refused_note(note_with(signature + "x")));
    CHECK(is_refused_note(note_with(signature.substr(0, 1))));
}

TEST_CASE("SU07: a signature is refused where s is not below the group's order") {
    const std::string signature = signer.sign(text);
    Number s = from_little_endian(signature.substr(32));
    BN_add(s.get(), s.get(), group_order().get());
    CHECK(is_refused_note(note_with(signature.substr(0, 32) + to_little_endian(s))));
}

TEST_CASE("SU07: a signature is refused where R is not in its one spelling") {
    std::string canonical(32, '\0');
    canonical[0] = 1;
    std::string other(32, '\xff');  // the same y with the field's prime added
    other[0] = '\xee';
    other[31] = '\x7f';
    CHECK_FALSE(is_refused_note(note_with(signature_with_neutral_r(canonical))));
    CHECK(is_refused_note(note_with(signature_with_neutral_r(other))));
}

TEST_CASE("a note with any one bit changed is refused") {
    const std::string note = signer.note(text);
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        std::string changed = note;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        CAPTURE(bit);
        CHECK(is_refused_note(changed));
    }
}
