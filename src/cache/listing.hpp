// SPDX-License-Identifier: Apache-2.0
#pragma once
// listing_of(): the manifest that the shared cache has.

#include "cache/manifest.hpp"
#include "cache/remote.hpp"

namespace gov::cache {

// Empty where there is none.
Manifest listing_of(const BuildKey& key, Remote& remote);

}  // namespace gov::cache
