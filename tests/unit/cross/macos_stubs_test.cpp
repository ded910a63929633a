// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/macos_stubs.hpp"

#include <doctest/doctest.h>

using namespace gov::cross;

TEST_CASE("the stubs export what Go's source imports, under the libraries' names") {
    MacosImports imports;
    add_macos_imports(
        "package net\n"
        "//go:cgo_import_dynamic libresolv_res_9_ninit res_9_ninit \"/usr/lib/libresolv.9.dylib\"\n"
        "//go:cgo_import_dynamic libc_read read \"/usr/lib/libSystem.B.dylib\"\n"
        "//go:cgo_import_dynamic x509_CFRelease CFRelease "
        "\"/System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation\"\n"
        "// as in //go:cgo_import_dynamic a b \"/usr/lib/libresolv.9.dylib\"\n"
        "//go:cgo_import_dynamic broken\n",
        imports);
    CHECK(imports.size() == 2);
    const auto files = macos_stubs(imports);
    CHECK(files.size() == 3);
    const std::string& resolv = files.at("lib/libresolv.tbd").content;
    CHECK(resolv.find("install-name:    '/usr/lib/libresolv.9.dylib'") != std::string::npos);
    CHECK(resolv.find("symbols:         [ _res_9_ninit ]") != std::string::npos);
    CHECK(files.at("Frameworks/CoreFoundation.framework/CoreFoundation.tbd")
              .content.find("_CFRelease") != std::string::npos);
    CHECK(files.contains("include/resolv.h"));
}
