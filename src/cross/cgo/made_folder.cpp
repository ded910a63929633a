// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/made_folder.hpp"

#include "base/file.hpp"
#include "base/format.hpp"
#include "cross/temporary_directory.hpp"

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

std::string digest_of(const std::map<std::string, SmallFile>& files) {
    base::Sha256 sum;
    for (const auto& [name, file] : files) {
        const std::string line =
            base::format("{} {} {}\n", name, file.is_program ? "x" : "-", file.content.size());
        sum.update(base::as_bytes(line));
        sum.update(base::as_bytes(file.content));
    }
    const base::Digest digest = sum.finish();
    return base::to_hex({digest.data(), 8});
}

}  // namespace

fs::path make_folder(const fs::path& parent, std::string_view prefix,
                     const std::map<std::string, SmallFile>& files) {
    fs::path place = parent / base::format("{}-{}", prefix, digest_of(files));
    std::error_code ignored;
    if (fs::exists(place, ignored)) return place;
    base::make_private_directory(parent);
    const TemporaryDirectory aside{prefix, parent};
    const fs::path made = aside.path() / "made";
    for (const auto& [name, file] : files) {
        base::make_private_directory((made / name).parent_path());
        base::write_file_atomically(made / name, file.content, file.is_program ? 0755 : 0644);
    }
    base::rename_unless_exists(made, place);  // false: another gov was first
    return place;
}

}  // namespace gov::cross
