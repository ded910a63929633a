// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is installed here, and which release is the default.

#include "store/places.hpp"
#include "toolchain/go_version.hpp"
#include "toolchain/version_spec.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gov::store {

struct Toolchain {
    toolchain::GoVersion version;
    std::filesystem::path goroot;
    std::string link = {};  // the name of a linked one (store/links.hpp); empty for releases

    // What people know it by: "go1.22.6", or the link's name.
    std::string name() const { return link.empty() ? version.name() : link; }
};

// The toolchain of `version`; nullopt where it is not installed. Its directory is there only when
// it is whole, so one look is enough.
std::optional<Toolchain> find_installed(const Places& places, const toolchain::GoVersion& version);

// All toolchains, oldest version first. Names that are no versions are passed over.
std::vector<Toolchain> installed(const Places& places);

// Whether something proved the installed release `version` (store/receipt.hpp); one look.
bool is_proved(const Places& places, const toolchain::GoVersion& version);

// Which installed releases count.
enum class Counting { all, proved };

// The installed release that `spec` stands for: the newest one that it admits, of those that count;
// nullopt where there is none.
std::optional<Toolchain> find_installed(const Places& places, const toolchain::VersionSpec& spec,
                                        Counting counting = Counting::all);

// Remembers the newest language version that `known`, what the sources have, has a release of: at
// the prompt it says what oldstable is.
void note_newest_line(const Places& places, std::span<const toolchain::GoVersion> known) noexcept;

// What `gov default` chose; nullopt where nothing was. Throws Error for a damaged file.
std::optional<toolchain::VersionSpec> default_spec(const Places& places);
void set_default(const Places& places, const toolchain::VersionSpec& spec);

// The release that the default stands for here, an exact one also where it is not installed;
// nullopt where there is none. Throws Error as default_spec does.
std::optional<toolchain::GoVersion> default_version(const Places& places);

}  // namespace gov::store
