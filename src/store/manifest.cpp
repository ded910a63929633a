// SPDX-License-Identifier: Apache-2.0
#include "store/manifest.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "toolchain/module_files.hpp"

#include <algorithm>

namespace gov::store {

namespace {

constexpr std::size_t size_limit = 64 * 1024 * 1024;

}  // namespace

// A line is 64 hex digits, two spaces, and a name below "golang.org/toolchain@version/".
Manifest::Manifest(std::string text) : text_{std::make_unique<const std::string>(std::move(text))} {
    hashes_.reserve(static_cast<std::size_t>(std::ranges::count(*text_, '\n')));
    std::string_view rest = *text_;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::size_t slash = line.find('/', std::min(line.find('@'), line.size()));
        if (slash == std::string_view::npos || slash < 66)
            throw base::Error{
                "the list of installed files is damaged", {}, base::ExitCode::verification};
        hashes_.emplace(toolchain::installed_name(line.substr(slash + 1)), line.substr(0, 64));
    }
}

std::optional<Manifest> Manifest::read(const Places& places, const toolchain::GoVersion& version) {
    auto text = base::read_file(path(places, version), size_limit);
    if (!text) return std::nullopt;
    return Manifest{std::move(*text)};
}

void Manifest::write(const Places& places, const toolchain::GoVersion& version,
                     std::string_view text) {
    base::make_private_directory(places.receipts());
    base::write_file_unsynced(path(places, version), text);
}

}  // namespace gov::store
