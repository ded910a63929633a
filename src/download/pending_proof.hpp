// SPDX-License-Identifier: Apache-2.0
#pragma once
// PendingProof: what the checksum database has for a release, asked for while something else goes
// on.

#include "download/admission.hpp"

#include <atomic>
#include <future>

namespace gov::download {

// Waits for the answer when it is destroyed. What the constructor is given must outlive it.
class PendingProof {
public:
    // Throws Error as ask_log() does where the settings alone forbid to ask.
    PendingProof(const Settings& settings, const Target& target);

    // Throws Error where there will be no proof: there is no use in going on then. take() tells
    // why. For any thread.
    void check_hope() const;

    // Waits. To be called once. Throws Error as ask_log() does.
    proof::Proof take() { return answer_.get(); }

private:
    std::atomic<bool> has_failed_ = false;
    std::future<proof::Proof> answer_;
};

}  // namespace gov::download
