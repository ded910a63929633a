// SPDX-License-Identifier: Apache-2.0
#include "cross/packer.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/process.hpp"
#include "cross/go_build.hpp"

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Error;

// UPX puts what is wrong at the end of what it prints: "upx: FILE: NotCompressibleException".
std::string reason_of(const base::ProcessResult& result, const fs::path& file) {
    const std::string said = result.errors.empty() ? result.output : result.errors;
    const auto at = said.find(file.native() + ": ");
    if (at == std::string::npos) return base::format("status {}", result.status);
    const auto begin = at + file.native().size() + 2;
    return said.substr(begin, said.find('\n', begin) - begin);
}

}  // namespace

fs::path find_upx(std::string_view path) {
    std::string upx = base::find_program("upx", path);
    if (upx.empty())
        throw Error{"packing needs upx, which is not on PATH",
                    "install it (Debian: upx-ucl), or leave --pack out",
                    base::ExitCode::missing_dependency};
    return upx;
}

void pack(const fs::path& file, const fs::path& upx, BuildOutcome& outcome) {
    if (outcome.target.platform.os == "darwin") return;
    const std::string before = digest_of(file);
    const base::ProcessResult result = base::run(
        {.arguments = {upx.native(), "-q", "--best", "--", file.native()}, .environment = {}});
    if (result.status != 0) {
        fs::remove(file);
        throw Error{
            base::format("upx cannot pack it: {}", base::printable(reason_of(result, file))),
            "leave its target out, or --pack"};
    }
    outcome.packed_from = before;
    outcome.size = fs::file_size(file);
}

}  // namespace gov::cross
