// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bills of materials of an artifact, from what Go wrote into it.

#include "base/json.hpp"
#include "cross/artifact/artifact.hpp"

#include <string>

namespace gov::cross {

// What a bill is about.
struct BillSubject {
    std::string name;    // of the file
    std::string digest;  // SHA-256 in hex
    const Artifact& artifact;
};

// CycloneDX 1.5, without a serial number or a time, so that the same artifact has the same bill.
base::Json cyclonedx_bill(const BillSubject& subject);

// SPDX 2.3, whose time is that of the commit, or 1970 where that is not known.
base::Json spdx_bill(const BillSubject& subject);

}  // namespace gov::cross
