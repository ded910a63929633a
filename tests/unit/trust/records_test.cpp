// SPDX-License-Identifier: Apache-2.0
#include "trust/records.hpp"

#include "support/failure.hpp"
#include "support/sandbox.hpp"

#include <doctest/doctest.h>

#include <random>

#include <sys/stat.h>
#include <unistd.h>

using namespace gov::trust;
using gov::base::ExitCode;
using gov::store::Places;
using gov::tests::failure_of;
using gov::tests::Sandbox;

namespace {

Places places_of(const Sandbox& sandbox) {
    return Places::of(sandbox.environment());
}

Record allowed(const std::filesystem::path& path) {
    return {Record::Word::allowed,
            false,
            1'700'000'000,
            {path,
             {{".gotoolchain.toml", std::string("go\n\0\xff", 5)},
              {".env", std::nullopt},
              {"-", "-\n"},
              {"e", ""}}}};
}

bool same(const Record& a, const Record& b) {
    return a.word == b.word && a.any_owner == b.any_owner && a.said_at == b.said_at &&
           a.claim.path == b.claim.path && a.claim.files == b.claim.files;
}

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status;
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

}  // namespace

TEST_CASE("what was said can be read again, replaced and forgotten") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    CHECK_FALSE(read_record(places, "/p/.gotoolchain.toml"));
    Record record = allowed("/p/.gotoolchain.toml");
    write_record(places, record);
    CHECK(same(read_record(places, "/p/.gotoolchain.toml").value(), record));
    record.any_owner = true;
    write_record(places, record);
    CHECK(read_record(places, "/p/.gotoolchain.toml")->any_owner);
    write_record(places, {Record::Word::denied, false, 5, {"/p/.gotoolchain.toml", {}}});
    CHECK(read_record(places, "/p/.gotoolchain.toml")->word == Record::Word::denied);
    CHECK(records(places).size() == 1);
    remove_record(places, "/p/.gotoolchain.toml");
    CHECK_FALSE(read_record(places, "/p/.gotoolchain.toml"));
    CHECK(records(places).empty());
}

TEST_CASE("records are for the user alone, whatever the umask") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    for (const mode_t mask : {0000, 0077, 0777}) {
        const mode_t before = ::umask(mask);
        write_record(places, allowed("/p/f"));
        ::umask(before);
        CHECK(mode_of(places.trust()) == 0700);
        CHECK(mode_of(record_file(places, "/p/f")) == 0600);
        std::filesystem::remove_all(places.trust());
    }
}

TEST_CASE("each path has a record of its own, however long or odd it is") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    const std::vector<std::filesystem::path> paths{
        "/a/b",
        "/a%b",
        "/a=b",
        "/a=pb",
        "/a=eb",
        "/a\nb",
        "/a\xff",
        "/a/b/c",
        std::filesystem::path{"/" + std::string(199, 'x')},
        std::filesystem::path{"/" + std::string(200, 'x')},
        std::filesystem::path{"/" + std::string(200, 'x') + "/y"},
        std::filesystem::path{"/" + std::string(250, '%') + "/" + std::string(250, '=') + "/z"}};
    for (const auto& path : paths) write_record(places, allowed(path));
    for (const auto& path : paths) {
        CAPTURE(path.native());
        REQUIRE(read_record(places, path));
        CHECK(read_record(places, path)->claim.path == path);
    }
    CHECK(records(places).size() == paths.size());
}

TEST_CASE("a record at the place of another path says nothing") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    write_record(places, allowed("/p/f"));
    std::filesystem::rename(record_file(places, "/p/f"), record_file(places, "/q/f"));
    CHECK_FALSE(read_record(places, "/q/f"));
    CHECK(records(places).empty());
}

TEST_CASE("records that others can reach are not believed") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    write_record(places, allowed("/p/f"));
    const auto file = record_file(places, "/p/f");
    for (const auto& path : {file, places.trust()})
        for (const mode_t more : {0020, 0002, 0004}) {
            CAPTURE(path.native());
            const unsigned mode = mode_of(path);
            ::chmod(path.c_str(), mode | more);
            const auto failure = failure_of([&] { read_record(places, "/p/f"); });
            CHECK(failure.code == ExitCode::not_trusted);
            CHECK(failure.hint.find("chmod go= '" + path.native() + "'") != std::string::npos);
            ::chmod(path.c_str(), mode);
        }
    CHECK(read_record(places, "/p/f"));
    if (::geteuid() != 0) return;
    REQUIRE(::chown(file.c_str(), 65534, 65534) == 0);
    CHECK(failure_of([&] { read_record(places, "/p/f"); }).message.find("user 65534") !=
          std::string::npos);
}

TEST_CASE("a damaged record says nothing, and none of a hundred thousand breaks gov") {
    const Record record = allowed("/p/f");
    const std::string whole = spell_record(record);
    CHECK(same(parse_record(whole).value(), record));
    std::mt19937 random{5};
    const auto below = [&](std::size_t end) {
        return std::uniform_int_distribution<std::size_t>{0, end - 1}(random);
    };
    int believed = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string text = whole;
        switch (below(4)) {
            case 0:
                text.resize(below(text.size()));
                break;
            case 1:
                text.insert(below(text.size()), 1, "0159-\n"[below(6)]);
                break;
            case 2:
                text.erase(below(text.size()), 1);
                break;
            default:
                text[below(text.size())] = static_cast<char>(below(256));
        }
        if (const auto read = parse_record(text)) {
            ++believed;
            REQUIRE((text == whole || !same(*read, record)));
        }
    }
    CHECK(believed > 0);
    CHECK(believed < 50'000);
}

TEST_CASE("a damaged record on the disk says nothing") {
    const Sandbox sandbox;
    const Places places = places_of(sandbox);
    write_record(places, allowed("/p/f"));
    std::ofstream{record_file(places, "/p/f"), std::ios::binary} << "gov-trust 2\n";
    CHECK_FALSE(read_record(places, "/p/f"));
    CHECK(records(places).empty());
}
