// SPDX-License-Identifier: Apache-2.0
#include "cross/normalise.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "cross/macho_uuid.hpp"
#include "cross/mapped_file.hpp"
#include "cross/pe_stamps.hpp"

#include <cerrno>

#include <fcntl.h>

namespace gov::cross {

namespace {

bool wants_uuid(const Artifact& artifact) {
    return artifact.format == Format::macho && !artifact.has_uuid && artifact.bits == 64 &&
           artifact.kind != Kind::object;
}

}  // namespace

std::vector<std::string> normalise(std::span<std::uint8_t> file, const Artifact& artifact) {
    std::vector<std::string> done;
    if (artifact.slices.empty() && wants_uuid(artifact) && insert_uuid(file))
        done.emplace_back("LC_UUID");
    if (artifact.format == Format::pe && !artifact.has_authenticode && clear_time_stamps(file))
        done.emplace_back("time stamps");
    return done;
}

std::vector<std::string> normalise_file(const std::filesystem::path& path) {
    return base::while_doing(base::format("normalising {}", path.native()), [&] {
        std::vector<std::uint8_t> content;
        std::vector<std::string> done;
        {
            const MappedFile file{path};
            const Artifact artifact = read_artifact(file.bytes());
            const bool may_change = wants_uuid(artifact) || artifact.format == Format::pe;
            if (!may_change) return done;
            content.assign(file.bytes().begin(), file.bytes().end());
            done = normalise(content, artifact);
        }
        if (done.empty()) return done;
        const base::UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
        if (!fd) throw base::system_error("writing it", errno);
        base::write_all(fd.get(), content, path.native());
        return done;
    });
}

}  // namespace gov::cross
