// SPDX-License-Identifier: Apache-2.0
#pragma once
// Unpacked: what unpacking an archive made.

#include "base/crypto.hpp"
#include "store/shared_files.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace gov::download {

struct Unpacked {
    // Every file made that the module has, by its name there (so src/_go.mod for src/go.mod).
    std::vector<std::pair<std::string, base::Digest>> files;
    std::uint64_t bytes = 0;
};

// Where an archive is unpacked to.
struct Destination {
    int root;  // a descriptor of the directory
    const store::SharedFiles& shared;
    bool takes_all = false;  // also what the module does not have
};

// Called now and then from any thread with the share that is done, from 0 to 1.
using UnpackProgress = std::function<void(double)>;

}  // namespace gov::download
