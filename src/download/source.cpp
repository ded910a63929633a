// SPDX-License-Identifier: Apache-2.0
#include "download/source.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "download/download.hpp"
#include "download/http.hpp"
#include "download/index_cache.hpp"
#include "download/release_index.hpp"
#include "download/url.hpp"

#include <algorithm>
#include <array>

namespace gov::download {

using base::Error;
using base::ExitCode;

namespace {

constexpr std::uint64_t largest_archive = std::uint64_t{1} << 30U;
// More than the central directory of any Go release, with which a zip ends.
constexpr std::uint64_t zip_directory = std::uint64_t{3} << 20U;

bool is_announced(const Downloaded& file, const IndexedArchive& announced) {
    return file.size == announced.size &&
           (!announced.sha256 || file.sha256 == base::to_hex(*announced.sha256));
}

bool is_trusted_origin(const std::string& url) {
    return url.starts_with("https://") || url.starts_with("file:///") || is_loopback_http(url);
}

}  // namespace

std::vector<SourceKind> parse_sources(std::string_view list) {
    if (list.empty()) return {SourceKind::download, SourceKind::proxy};
    std::vector<SourceKind> kinds;
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t end = std::min(list.find(',', start), list.size());
        const std::string_view word = list.substr(start, end - start);
        start = end + 1;
        const auto kind = project::source_named(word);
        if (!kind)
            throw Error{base::format("GOV_SOURCES has \"{}\"", base::printable(word)),
                        "it lists download and proxy, with a comma between", ExitCode::usage};
        kinds.push_back(*kind);
    }
    return kinds;
}

void check_mirror(const std::string& mirror, const std::string& place) {
    if (!is_trusted_origin(mirror))
        throw Error{base::format("{} is {}, which is neither https nor on this machine", place,
                                 shown_url(mirror)),
                    "set it to an https or file URL", ExitCode::usage};
}

namespace {

Fetched fetch_announced(const std::string& mirror, const std::string& index, const Wanted& wanted) {
    const auto archive = find_archive(index, wanted.version, wanted.platform);
    if (!archive)
        throw Error{base::format("{} lists no {}", shown_url(mirror),
                                 toolchain::archive_name(wanted.version, wanted.platform)),
                    {},
                    ExitCode::no_release};
    const std::string url = mirror + "/" + archive->file_name;
    const auto bring = [&] {
        auto downloaded = download(wanted.access, url, {archive->size, archive->size}, wanted.file,
                                   wanted.arrivals);
        if (!downloaded)
            throw Error{base::format("{} is listed but not there", shown_url(url)),
                        {},
                        ExitCode::no_release};
        return std::move(*downloaded);
    };
    Downloaded came = bring();
    if (came.is_resumed && !is_announced(came, *archive)) came = bring();  // without the old part
    if (!is_announced(came, *archive))
        throw Error{
            base::format(
                "{} is not the file that the index announced: {} bytes with SHA-256 {}, not {} "
                "bytes with {}",
                shown_url(url), came.size, came.sha256, archive->size,
                archive->sha256 ? base::to_hex(*archive->sha256) : std::string{"any"}),
            "the mirror is damaged or lies: no other source is asked before it is out of the way, "
            "see GOV_MIRROR and gov-config(5)",
            ExitCode::verification};
    return {SourceKind::download, shown_url(url), std::move(came.sha256),
            archive->sha256.has_value()};
}

}  // namespace

// A kept index does not list what came out since, nor what the site has put right.
Fetched fetch_from_site(const std::string& mirror, const Wanted& wanted) {
    const auto index = [&](Network network) {
        return fetch_index(mirror, wanted.indexes, network, wanted.access);
    };
    const Index kept = index(Network::online);
    try {
        return fetch_announced(mirror, kept.json, wanted);
    } catch (const Error& error) {
        const ExitCode code = base::exit_code_of(error);
        if (code != ExitCode::no_release && code != ExitCode::verification) throw;
        if (kept.age.count() == 0) throw;  // it was asked for just now
        const Index newest = index(Network::revalidated);
        if (newest.json == kept.json) throw;
        return fetch_announced(mirror, newest.json, wanted);
    }
}

namespace {

// Asks one proxy of `proxies` after the other until `step` returns something: by the rules of
// GOPROXY, where nothing returned stands for 404 and 410. Throws Error where none has it.
template <class Step>
auto first_that_serves(const std::vector<ModuleProxy>& proxies, const Step& step) {
    std::string tried;
    bool unreachable = false;
    for (const ModuleProxy& proxy : proxies) {
        if (proxy.url.empty()) break;  // off
        std::string why = "does not have it";
        try {
            if (auto served = step(proxy)) return std::move(*served);
        } catch (const Error& error) {
            if (!proxy.falls_through_any_error ||
                base::exit_code_of(error) != ExitCode::unreachable)
                throw;
            unreachable = true;
            why = base::format("does not answer ({})", base::full_message(error));
        }
        tried += base::format("{}{} {}", tried.empty() ? "" : ", ", shown_url(proxy.url), why);
    }
    if (tried.empty())
        throw Error{"GOPROXY names no proxy to ask", "set GOPROXY, as for the go command",
                    ExitCode::unreachable};
    throw Error{tried, {}, unreachable ? ExitCode::unreachable : ExitCode::no_release};
}

std::vector<toolchain::GoVersion> parse_version_list(std::string_view list,
                                                     const toolchain::Platform& platform) {
    constexpr std::string_view prefix = "v0.0.1-";
    const std::string suffix = base::format(".{}-{}", platform.os, platform.arch);
    std::vector<toolchain::GoVersion> versions;
    while (!list.empty()) {
        std::string_view line = list.substr(0, list.find('\n'));
        list.remove_prefix(std::min(line.size() + 1, list.size()));
        if (!line.starts_with(prefix) || !line.ends_with(suffix)) continue;
        line.remove_prefix(prefix.size());
        line.remove_suffix(suffix.size());
        const auto version = toolchain::GoVersion::parse(line);
        if (version && !version->is_language_only()) versions.push_back(*version);
    }
    return versions;
}

}  // namespace

std::vector<toolchain::GoVersion> list_from_proxies(const std::vector<ModuleProxy>& proxies,
                                                    const toolchain::Platform& platform,
                                                    const Access& access) {
    constexpr std::size_t largest_list = std::size_t{4} << 20U;
    Http http{access};
    const std::string list = first_that_serves(proxies, [&](const ModuleProxy& proxy) {
        return http.get(base::format("{}/{}/@v/list", proxy.url, toolchain::toolchain_module),
                        largest_list);
    });
    return parse_version_list(list, platform);
}

Fetched fetch_from_proxies(const std::vector<ModuleProxy>& proxies, const Wanted& wanted) {
    return first_that_serves(proxies, [&](const ModuleProxy& proxy) -> std::optional<Fetched> {
        const std::string url =
            base::format("{}/{}/@v/{}.zip", proxy.url, toolchain::toolchain_module,
                         module_version(wanted.version, wanted.platform));
        auto came = download(wanted.access, url, {largest_archive, 0, zip_directory}, wanted.file,
                             wanted.arrivals);
        if (!came) return std::nullopt;
        return Fetched{SourceKind::proxy, shown_url(url), std::move(came->sha256), false};
    });
}

}  // namespace gov::download
