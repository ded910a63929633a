// SPDX-License-Identifier: Apache-2.0
#include "base/lazy_library.hpp"

#include "base/error.hpp"
#include "base/format.hpp"

#include <dlfcn.h>

namespace gov::base {

LazyLibrary::LazyLibrary(const char* soname, const char* package)
    : handle_{::dlopen(soname, RTLD_NOW | RTLD_LOCAL)}, soname_{soname} {
    if (handle_ == nullptr)
        throw Error{
            base::format("loading {}: {}", soname, ::dlerror()),
            base::format("install it (Debian and Ubuntu: apt-get install {}), then try again",
                         package),
            ExitCode::missing_dependency};
}

bool LazyLibrary::exists(const char* soname) noexcept {
    return ::dlopen(soname, RTLD_NOW | RTLD_LOCAL) != nullptr;
}

void* LazyLibrary::address(const char* name) const {
    void* found = ::dlsym(handle_, name);
    if (found == nullptr)
        throw Error{base::format("{} is missing from the installed {}", name, soname_),
                    "install a newer version of that library", ExitCode::missing_dependency};
    return found;
}

}  // namespace gov::base
