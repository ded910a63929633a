// SPDX-License-Identifier: Apache-2.0
#include "cross/temporary_directory.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <cerrno>

#include <stdlib.h>

namespace gov::cross {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory(std::string_view purpose, const fs::path& parent) {
    std::string name = (parent / base::format("gov-{}-XXXXXX", purpose)).native();
    if (::mkdtemp(name.data()) == nullptr)
        throw base::system_error(base::format("making {}", name), errno);
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace gov::cross
