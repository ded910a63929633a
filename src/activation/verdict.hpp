// SPDX-License-Identifier: Apache-2.0
#pragma once
// Verdict: what the shell in a directory is to be given, what to say about it, and for how long
// that holds.

#include "activation/goal.hpp"
#include "activation/landmark.hpp"
#include "base/environment.hpp"
#include "store/places.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gov::activation {

// Something that a shell can see for itself.
struct Condition {
    // same_time: unchanged, of what is known to be there. never: nothing that a shell can see
    // tells, so it has to ask each time.
    enum class Kind {
        executable,
        not_executable,
        absent,
        unchanged,
        same_time,
        has_value,
        is_unset,
        never
    };

    Kind kind = Kind::never;
    std::string path;  // or the variable's name
    // For unchanged and same_time: the file that has the modification time of `path`; for has_value
    // the value.
    std::string reference;
};

struct Verdict {
    std::vector<Landmark> landmarks;  // those that the hook looks for itself
    Goal goal;
    std::string note;    // for people, each line to follow "gov: "; empty: nothing to say
    std::string prompt;  // for prompts: the pinned release, [0-9A-Za-z.+-] only; may be empty
    std::vector<Condition> conditions;
};

// The verdict in `directory`. Whatever is wrong with the files there becomes its note and a
// stand-in. Where direnv is in charge gov leaves, and the note says so if that loses the pin.
Verdict reach_verdict(std::string_view directory, const base::Environment& environment,
                      const store::Places& places);

}  // namespace gov::activation
