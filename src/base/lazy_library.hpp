// SPDX-License-Identifier: Apache-2.0
#pragma once
// LazyLibrary: a shared library opened on first use and kept for the life of the process.

namespace gov::base {

class LazyLibrary {
public:
    // Opens `soname`. Throws Error (ExitCode::missing_dependency) naming Debian's `package`.
    LazyLibrary(const char* soname, const char* package);

    // The address of `name`, typed by the caller from the library's own header.
    // Throws Error if this build of the library lacks it.
    template <class Function>
    Function* symbol(const char* name) const {
        return reinterpret_cast<Function*>(address(name));
    }

    // Whether `soname` can be opened here; for libraries that have a replacement.
    static bool exists(const char* soname) noexcept;

private:
    void* address(const char* name) const;

    void* handle_;
    const char* soname_;
};

}  // namespace gov::base

// Inside a struct with a LazyLibrary member `library`: a member `name` typed by the declaration
// of `prefix##name` in the library's own header and resolved when the struct is made.
#define GOV_SYMBOL(prefix, name) \
    decltype(::prefix##name)* name = library.symbol<decltype(::prefix##name)>(#prefix #name)
