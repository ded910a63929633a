// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/normalise.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/mapped_file.hpp"
#include "cross/artifact/macho_uuid.hpp"
#include "cross/artifact/pe_stamps.hpp"

#include <cerrno>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

bool wants_uuid(const Artifact& artifact) {
    return artifact.format == Format::macho && !artifact.has_uuid && artifact.bits == 64 &&
           artifact.kind != Kind::object;
}

struct Normalised {
    std::vector<std::uint8_t> content;  // empty where nothing was done
    std::vector<std::string> done;
};

Normalised normalised_content(const fs::path& path) {
    Normalised result;
    const base::MappedFile file{path};
    const Artifact artifact = read_artifact(file.bytes());
    if (!wants_uuid(artifact) && artifact.format != Format::pe) return result;
    result.content.assign(file.bytes().begin(), file.bytes().end());
    result.done = normalise(result.content, artifact);
    return result;
}

void write_program(const fs::path& path, int flags, const std::vector<std::uint8_t>& content) {
    constexpr mode_t mode = 0777;  // what the umask leaves of it, as for go's own output
    const base::UniqueFd fd{::open(path.c_str(), flags | O_CLOEXEC, mode)};
    if (!fd) throw base::system_error("writing it", errno);
    base::write_all(fd.get(), content, path.native());
}

void copy_program(const fs::path& from, const fs::path& to) {
    const base::UniqueFd source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
    const base::UniqueFd copy{::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0777)};
    if (source && copy && ::ioctl(copy.get(), FICLONE, source.get()) == 0) return;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
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

std::vector<std::string> normalise_file(const fs::path& path) {
    return base::while_doing(base::format("normalising {}", path.native()), [&] {
        auto [content, done] = normalised_content(path);
        if (!done.empty()) write_program(path, O_WRONLY, content);
        return done;
    });
}

std::vector<std::string> copy_normalised(const fs::path& from, const fs::path& to) {
    return base::while_doing(base::format("copying {}", from.native()), [&] {
        auto [content, done] = normalised_content(from);
        if (done.empty())
            copy_program(from, to);
        else
            write_program(to, O_WRONLY | O_CREAT | O_TRUNC, content);
        return done;
    });
}

}  // namespace gov::cross
