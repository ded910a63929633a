// SPDX-License-Identifier: Apache-2.0
#include "download/pending_proof.hpp"

#include "base/error.hpp"

namespace gov::download {

PendingProof::PendingProof(const Settings& settings, const Target& target) {
    check_may_ask_log(settings);
    answer_ = std::async(std::launch::async, [&] {
        try {
            return ask_log(settings, target);
        } catch (...) {
            has_failed_ = true;
            throw;
        }
    });
}

// Not of the class of what is unreachable: that would be a reason to ask another source.
void PendingProof::check_hope() const {
    if (has_failed_) throw base::Error{"the checksum database does not prove it"};
}

}  // namespace gov::download
