// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where releases come from: the download site, or its mirror, and module proxies.

#include "download/access.hpp"
#include "download/arrivals.hpp"
#include "download/partial_file.hpp"
#include "download/proxy_list.hpp"
#include "project/source_kind.hpp"
#include "toolchain/platform.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::download {

using project::name_of;
using project::SourceKind;

// The kinds that GOV_SOURCES lists; both where it is empty. Throws Error (ExitCode::usage) naming
// a kind that is none.
std::vector<SourceKind> parse_sources(std::string_view list);

// Throws Error (ExitCode::usage) that names `place` unless the base URL `mirror` is https, a file
// URL or http to this machine itself: from anywhere else nothing vouches for the index.
void check_mirror(const std::string& mirror, const std::string& place);

// An archive that a source served into a file.
struct Fetched {
    SourceKind kind;
    std::string url;     // for people
    std::string sha256;  // hex, of the file
    // The index came by https (or from this machine) and had this SHA-256.
    bool index_agrees = false;
};

// What a source needs to know.
struct Wanted {
    toolchain::GoVersion version;
    toolchain::Platform platform;
    PartialFile& file;  // takes the archive
    Arrivals& arrivals;
    const Access& access;
    std::filesystem::path indexes;  // where those of sites are kept
};

// Each throws Error: ExitCode::no_release where the source has no such release,
// ExitCode::unreachable where it does not answer (after both another source may be tried), and
// ExitCode::verification where what it serves is not what it announced.
// The site's index may be a kept one, as long as that is right about the archive.
Fetched fetch_from_site(const std::string& mirror, const Wanted& wanted);
Fetched fetch_from_proxies(const std::vector<ModuleProxy>& proxies, const Wanted& wanted);

// The versions that the first proxy with a list has for `platform`. Proxies may have more than they
// list. Throws Error (ExitCode::unreachable) where none has one.
std::vector<toolchain::GoVersion> list_from_proxies(const std::vector<ModuleProxy>& proxies,
                                                    const toolchain::Platform& platform,
                                                    const Access& access);

}  // namespace gov::download
