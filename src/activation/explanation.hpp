// SPDX-License-Identifier: Apache-2.0
#pragma once
// explain(): every source of a version in its order, what each says, and what plain go would do.

#include "activation/go_switch.hpp"
#include "activation/module_file.hpp"
#include "activation/selection.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gov::activation {

// One thing that a source says.
struct Statement {
    enum class Source { session, pin, module, home_pin, fallback };

    Source source = Source::session;
    std::filesystem::path file = {};  // empty: not from a file
    std::size_t line = 0;             // from 1; 0: of the whole file, or none
    std::string says = {};            // in words; empty: nothing
    bool decides = false;
};

// What the go command would do if gov were not there.
struct PlainGo {
    std::optional<toolchain::GoVersion> local;  // of the default or else on PATH; nullopt: none
    std::filesystem::path local_goroot;
    std::string setting;             // GOTOOLCHAIN, as Go's configuration has it
    std::optional<ModuleFile> file;  // that it reads
    GoSwitch result;
};

struct Explanation {
    std::vector<Statement> statements;
    std::optional<Selection> selection;  // nullopt: nothing chooses, or `problem`
    std::string problem;                 // why nothing can be selected; empty: nothing is wrong
    PlainGo plain;
};

// Throws Error only where gov's places are unknown; what is wrong with files is in the result.
Explanation explain(Sight& sight, const base::Environment& environment,
                    const store::Places& places);

// What plain go would do, in a sentence or two for someone who never read of Go's toolchains.
std::string describe(const PlainGo& plain);

}  // namespace gov::activation
