// SPDX-License-Identifier: Apache-2.0
// The readers of program files under a fuzzer: an artifact, or an Error, and nothing else.

#include "base/error.hpp"
#include "cross/artifact/artifact_diff.hpp"
#include "cross/artifact/artifact_rules.hpp"
#include "cross/artifact/artifact_text.hpp"
#include "cross/artifact/policy_rules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gov::cross;
    const Bytes file{data, size};
    try {
        const Artifact artifact = read_artifact(file);
        verify(artifact, expectation_of(artifact));
        check_policy(artifact, file, {});
        to_text(artifact);
        to_json(diff({file, artifact}, {file, artifact})).write();
    } catch (const gov::base::Error&) {  // the one way to refuse a file
    }
    return 0;
}
