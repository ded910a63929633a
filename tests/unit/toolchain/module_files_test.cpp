// SPDX-License-Identifier: Apache-2.0
#include "toolchain/module_files.hpp"

#include <doctest/doctest.h>

using namespace gov::toolchain;

TEST_CASE("modes are those of cmd/distpack") {
    for (const char* name : {"bin/go", "bin/linux_arm64/go", "pkg/tool/linux_amd64/compile",
                             "src/all.bash", "src/a.sh", "src/a.pl", "src/clean.rc",
                             "lib/wasm/go_js_wasm_exec", "misc/ios/go_ios_arm64_exec"}) {
        CAPTURE(name);
        CHECK(file_mode(name) == 0755);
    }
    for (const char* name :
         {"VERSION", "src/bin/go", "pkg/include/a.h", "src/a.bash.txt", "lib/go_exec",
          "lib/go__exec", "lib/go_js_exec", "lib/go_js_wasm_execs", "lib/xgo_js_wasm_exec",
          "lib/go_js_wasm_exec/x", "go___exec"}) {
        CAPTURE(name);
        CHECK(file_mode(name) == 0644);
    }
}

TEST_CASE("go.mod is _go.mod inside the module, at every depth and nowhere else") {
    for (const char* where : {"", "src/", "src/cmd/"}) {
        const std::string prefix = where;
        CHECK(module_name(prefix + "go.mod") == prefix + "_go.mod");
        CHECK(installed_name(prefix + "_go.mod") == prefix + "go.mod");
    }
    for (const char* name :
         {"src/go.mod/x", "src/xgo.mod", "src/go.modx", "src/go.sum", "__go.mod"}) {
        CHECK(module_name(name) == name);
        CHECK(installed_name(name) == name);
    }
}

TEST_CASE("api, doc, misc and test are in the archive alone") {
    for (const char* name : {"api/go1.txt", "doc/x", "misc/x", "test/fixedbugs/x"})
        CHECK_FALSE(is_in_module(name));
    for (const char* name : {"src/test/x", "testing", "apis/x", "VERSION"})
        CHECK(is_in_module(name));
}
