// SPDX-License-Identifier: Apache-2.0
#pragma once
// VersionSpec: what someone asks for where a Go version is asked for: one release, a range of them,
// a name that moves, or the name of a linked toolchain.

#include "base/error.hpp"
#include "toolchain/go_version.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gov::toolchain {

// One comparison of a range. Where `line` is set, all of a language version is meant: "<=1.23" has
// 1.23.4, and ">1.23" has not.
struct Bound {
    enum class Relation { at_least, above, at_most, below, equal };

    Relation relation = Relation::equal;
    GoVersion version;
    bool line = false;

    bool admits(const GoVersion& candidate) const;
};

// The spellings: 1.22.6 and go1.22.6 (exact), 1.22 and 1.22.x (that line), ^1.22 (1.22 and later),
// ~1.22.3 (1.22.3 and later of its line), ">=1.21 <1.24", stable, oldstable, latest, rc, and the
// name of a linked toolchain.
class VersionSpec {
public:
    enum class Kind { exact, range, stable, oldstable, rc, linked };

    // Throws Error (ExitCode::usage) that says what is wrong with `text` and names the nearest
    // right thing.
    static VersionSpec require(std::string_view text);
    static VersionSpec exactly(const GoVersion& version);
    // `version` and what comes later in its line: "~1.22.3".
    static VersionSpec from(const GoVersion& version);
    // `version` and all that is later: ">=1.22.3".
    static VersionSpec at_least(const GoVersion& version);

    Kind kind() const noexcept { return kind_; }
    // As it was written.
    const std::string& text() const noexcept { return text_; }
    // The one release that can be meant; nullopt where it depends on what there is.
    std::optional<GoVersion> exact() const;
    // Whether it names something that moves as releases appear, rather than a part of the numbers.
    bool is_moving_name() const noexcept;

    enum class Prereleases { where_named, all };

    // Whether `version` can be what is meant. `newest_line`: the newest language version of which
    // there is a release ("1.27"), which says what stable and oldstable are.
    bool admits(const GoVersion& version, const GoVersion& newest_line,
                Prereleases prereleases = Prereleases::where_named) const;

    // The newest of `candidates` that is admitted; nullopt if there is none. `known_line`: the
    // newest language version with a release, where more is known than the candidates tell.
    std::optional<GoVersion> choose(std::span<const GoVersion> candidates,
                                    const std::optional<GoVersion>& known_line = {}) const;

    // What it means, for people: "the newest release of Go 1.22".
    std::string meaning() const;

private:
    Kind kind_ = Kind::range;
    std::string text_;
    std::vector<Bound> bounds_;  // of exact and range
};

// The newest language version that a release of `versions` has, prereleases aside; nullopt without
// one.
std::optional<GoVersion> newest_line(std::span<const GoVersion> versions);

// What to say of the name `text` that is linked to nothing; `where` it stands, for people.
base::Error unknown_name(std::string_view text, std::string_view where = {});

// Whether `text` can name a linked toolchain: a letter, then letters, digits, '.', '_', '+', '-',
// at most 64 bytes, and nothing that reads as a version or a name with a meaning of its own.
bool can_be_link_name(std::string_view text);

}  // namespace gov::toolchain
