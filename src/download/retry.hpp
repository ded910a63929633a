// SPDX-License-Identifier: Apache-2.0
#pragma once
// Retry: how often a server is asked again, and after which pause.

#include <string>

namespace gov::download {

class Http;

// Three tries without progress are enough; between them a pause that doubles, of random length so
// that many machines do not come back at once, or as long as the server wants.
class Retry {
public:
    // Waits after a failed try of `http`. Throws Error (ExitCode::unreachable) where it was the
    // last one, or the server wants more time than anybody would wait, with `reason`, or its own
    // where that is empty; and ExitCode::interrupted.
    void pause(const Http& http, const std::string& reason = {});

    // Something came: there may be as many tries again.
    void made_progress() noexcept { failures_ = 0; }

private:
    int failures_ = 0;
};

}  // namespace gov::download
