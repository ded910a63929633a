// SPDX-License-Identifier: Apache-2.0
#include "activation/statements.hpp"

#include <doctest/doctest.h>

using namespace gov::activation;

namespace {

const std::vector<Setting> changes{
    {"GOROOT", "/it's"}, {"GOTOOLCHAIN", std::nullopt}, {"PATH", "/a::/b"}};

}  // namespace

TEST_CASE("a POSIX shell gets a line for each change") {
    CHECK(posix_statements(changes) ==
          "\\export GOROOT='/it'\\''s'\n\\unset GOTOOLCHAIN\n\\export PATH='/a::/b'\n");
    CHECK(posix_statements({}).empty());
}

TEST_CASE("what a hook evaluates ends with its mark") {
    CHECK(elvish_statements(changes) ==
          "set-env GOROOT '/it''s'\nunset-env GOTOOLCHAIN\n"
          "set-env PATH '/a::/b'\n# gov-end\n");
    CHECK(elvish_statements({}) == "# gov-end\n");
    CHECK(tcsh_statements(changes) ==
          "setenv GOROOT '/it'\\''s'; unsetenv GOTOOLCHAIN; setenv PATH '/a::/b'; "
          ": gov-end\n");
    CHECK(powershell_statements(changes) ==
          "${env:GOROOT} = '/it''s'\n"
          "Microsoft.PowerShell.Management\\Remove-Item -LiteralPath 'Env:GOTOOLCHAIN' "
          "-ErrorAction Ignore\n${env:PATH} = '/a::/b'\n# gov-end\n");
}

TEST_CASE("nushell gets JSON, PATH as a list, and nothing that is not UTF-8") {
    CHECK(nushell_statements(changes) ==
          "{\"set\":{\"GOROOT\":\"/it's\",\"PATH\":[\"/a\",\"\",\"/b\"]},"
          "\"unset\":[\"GOTOOLCHAIN\"]}\n");
    CHECK(nushell_statements({{"GOROOT", "\xff"}}) == "{\"set\":{},\"unset\":[]}\n");
}
