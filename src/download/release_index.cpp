// SPDX-License-Identifier: Apache-2.0
#include "download/release_index.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/json.hpp"
#include "base/printable.hpp"

#include <algorithm>

namespace gov::download {

using base::Error;
using base::ExitCode;
using base::Json;

namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Error{"the release index " + what, "check the mirror's address", ExitCode::verification};
}

// The releases that the index lists. Anything else in its place, such as the page of a login that
// stands in between, is no answer.
Json::Array parse_index(std::string_view text) {
    try {
        const Json index = Json::parse(text);
        if (index.as_array() == nullptr) throw Error{"no list"};
        for (const Json& release : *index.as_array())
            if (release.find("files") == nullptr || release.find("files")->as_array() == nullptr)
                throw Error{"a release in it has no files"};
        return *index.as_array();
    } catch (const Error& error) {
        throw Error{base::format("what came is no release index ({}): \"{}\"", error.what(),
                                 base::printable(text.substr(0, 80))),
                    "check the mirror's address; a login page may stand in between",
                    ExitCode::unreachable};
    }
}

IndexedArchive read_row(const Json& file, const std::string& name) {
    IndexedArchive archive{name, 0, std::nullopt};
    const Json* size = file.find("size");
    const std::int64_t* bytes = size != nullptr ? size->as_integer() : nullptr;
    if (bytes == nullptr || *bytes <= 0) refuse(base::format("gives no size for {}", name));
    archive.size = static_cast<std::uint64_t>(*bytes);
    const Json* sha256 = file.find("sha256");
    const std::string* hex = sha256 != nullptr ? sha256->as_string() : nullptr;
    if (hex != nullptr) archive.sha256 = base::digest_from_hex(*hex);
    if (hex == nullptr || (!archive.sha256 && !hex->empty()))
        refuse(base::format("gives no SHA-256 for {}", name));
    return archive;
}

// Whether the row `file` of a release is its archive for `platform`, or its source for none.
bool is_wanted(const Json& file, const toolchain::Platform& platform) {
    const std::string_view arch =
        platform.arch == "arm" ? "armv6l" : std::string_view{platform.arch};
    return file.text("kind") == (platform.os.empty() ? "source" : "archive") &&
           file.text("os") == platform.os && file.text("arch") == arch;
}

}  // namespace

std::optional<IndexedArchive> find_archive(std::string_view json,
                                           const toolchain::GoVersion& version,
                                           const toolchain::Platform& platform) {
    const std::string name = archive_name(version, platform);
    std::optional<IndexedArchive> found;
    for (const Json& release : parse_index(json)) {
        if (release.text("version") != version.name()) continue;
        for (const Json& file : *release.find("files")->as_array()) {
            if (!is_wanted(file, platform)) continue;
            if (file.text("filename") != name)
                refuse(base::format("calls {} \"{}\"", name,
                                    base::printable(file.text("filename").substr(0, 255))));
            IndexedArchive archive = read_row(file, name);
            if (found && (found->sha256 != archive.sha256 || found->size != archive.size))
                refuse(base::format("contradicts itself about {}", name));
            found = std::move(archive);
        }
    }
    return found;
}

std::vector<toolchain::GoVersion> list_releases(std::string_view json,
                                                const toolchain::Platform& platform) {
    std::vector<toolchain::GoVersion> versions;
    for (const Json& release : parse_index(json)) {
        const auto version = toolchain::GoVersion::parse(release.text("version"));
        if (!version || version->is_language_only() || version->name() != release.text("version"))
            continue;
        const Json::Array& files = *release.find("files")->as_array();
        if (std::ranges::any_of(files, [&](const Json& file) { return is_wanted(file, platform); }))
            versions.push_back(*version);
    }
    return versions;
}

}  // namespace gov::download
