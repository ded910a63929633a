// SPDX-License-Identifier: Apache-2.0
#include "download/source_build.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "download/admission.hpp"
#include "download/make_bash.hpp"
#include "download/source.hpp"
#include "download/unpacking.hpp"
#include "proof/h1.hpp"
#include "store/installed.hpp"
#include "store/workspace.hpp"

#include <cerrno>
#include <charconv>

#include <fcntl.h>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

GoVersion bootstrap_floor(const GoVersion& version) {
    const std::string language = version.language();
    int line = 0;
    std::from_chars(language.data() + language.find('.') + 1, language.data() + language.size(),
                    line);
    if (line < 22) return GoVersion::require("1.17");
    return GoVersion::require(base::format("1.{}", (line - 2) / 2 * 2));
}

std::optional<store::Toolchain> find_bootstrap(const store::Places& places,
                                               const GoVersion& version) {
    const GoVersion floor = bootstrap_floor(version);
    for (store::Toolchain& toolchain : store::installed(places))
        if (toolchain.version >= floor) return std::move(toolchain);
    return std::nullopt;
}

namespace {

// The source of a release, unpacked, and where it is from.
struct Source {
    std::string place;
    std::string sha256 = {};  // of its archive
};

// What is told of the download of the source.
class ToListener : public Arrivals {
public:
    ToListener(Listener& listener, const store::Staging& staging)
        : listener_{listener}, staging_{staging} {}
    void restarts() override {}
    void contiguous(std::uint64_t) override {}
    void progress(std::uint64_t received, std::uint64_t total) override {
        // Building takes up to two gigabytes on the way.
        if (total != 0 && !looked_) staging_.require_space(std::uint64_t{2} << 30U);
        looked_ = looked_ || total != 0;
        listener_.downloading(received, total);
    }

private:
    Listener& listener_;
    const store::Staging& staging_;
    bool looked_ = false;
};

bool passes_on(const Error& error) {
    const ExitCode code = base::exit_code_of(error);
    return code == ExitCode::unreachable || code == ExitCode::no_release;
}

// One build of one release, in a staging directory that is gone afterwards.
class Build {
public:
    Build(const Settings& settings, Target target, Listener& listener)
        : settings_{settings},
          target_{std::move(target)},
          listener_{listener},
          staging_{settings.places, target_.version},
          goroot_{staging_.path() / "go"} {
        base::make_private_directory(goroot_);
    }

    const fs::path& goroot() const noexcept { return goroot_; }

    // Copies the source in `tree`, but for what was built there.
    Source copy(const fs::path& tree) {
        for (const fs::directory_entry& entry : fs::directory_iterator{tree}) {
            const fs::path name = entry.path().filename();
            if (name == "bin" || name == "pkg" || name == ".git") continue;
            fs::copy(entry.path(), goroot_ / name,
                     fs::copy_options::recursive | fs::copy_options::copy_symlinks);
        }
        return {tree.native()};
    }

    // Brings the source from the first of the sources that has it.
    Source fetch(const std::optional<proof::Proof>& proof) {
        if (settings_.offline)
            throw Error{"no source is asked while offline",
                        "name the directory of the source to build", ExitCode::unreachable};
        std::string reasons;
        bool unreachable = false;
        for (const Site& site : settings_.sites()) {
            try {
                return site.kind == SourceKind::download ? fetch_tarball(site.mirror)
                                                         : fetch_module(proof);
            } catch (const Error& error) {
                if (!passes_on(error)) throw;
                unreachable = unreachable || base::exit_code_of(error) == ExitCode::unreachable;
                reasons += base::format("{}{}: {}", reasons.empty() ? "" : "; ", name_of(site.kind),
                                        base::full_message(error));
            }
        }
        throw Error{"no source has its source: " + reasons,
                    "name the directory of the source to build",
                    unreachable ? ExitCode::unreachable : ExitCode::no_release};
    }

    // Installs what make.bash has packed up, in the module's form.
    store::Receipt install(Provenance from, std::optional<proof::Proof> proof) {
        const fs::path archive = goroot_ / "pkg/distpack" / (target_.module_version + ".zip");
        const base::UniqueFd fd{::open(archive.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
        if (!fd)
            throw base::system_error(
                base::format("opening what make.bash should have made, {}", archive.native()),
                errno);
        store::Staging staging{settings_.places, target_.version};
        const store::SharedFiles shared =
            from.editable ? store::SharedFiles{}
                          : store::SharedFiles{settings_.places, target_.version};
        const Unpacked unpacked = unpack(ArchiveKind::module_zip, fd.get(), staging.fd(), shared);
        return admit(settings_, target_, std::move(from), unpacked, std::move(proof), staging);
    }

private:
    Unpacked unpack(ArchiveKind kind, int file, int root, const store::SharedFiles& shared) {
        const Destination destination{root, shared, kind == ArchiveKind::full_tarball};
        return Unpacking{kind, target_.prefix(), file, destination,
                         [&](double share) { listener_.unpacking(share); }}
            .finish();
    }

    // `step` gets the descriptor of the archive once it is there.
    template <class Fetch, class Step>
    Source bring(const Fetch& fetch, const toolchain::Platform& platform, const Step& step) {
        PartialFile file{settings_.places.downloads(), target_.version.name()};
        ToListener arrivals{listener_, staging_};
        const Fetched fetched = fetch({target_.version, platform, file, arrivals, settings_.access,
                                       settings_.places.cache / "index"});
        step(fetched, file.fd());
        return {fetched.url, fetched.sha256};
    }

    // The index has the source under no platform.
    Source fetch_tarball(const std::string& mirror) {
        return bring([&](const Wanted& wanted) { return fetch_from_site(mirror, wanted); },
                     toolchain::Platform{},
                     [&](const Fetched& fetched, int file) {
                         if (!fetched.index_agrees)
                             throw Error{
                                 base::format("the index has no SHA-256 for {}", fetched.url),
                                 {},
                                 ExitCode::verification};
                         unpack(ArchiveKind::full_tarball, file,
                                base::open_directory(goroot_).get(), nothing_shared_);
                     });
    }

    Source fetch_module(const std::optional<proof::Proof>& proof) {
        return bring(
            [&](const Wanted& wanted) {
                return fetch_from_proxies(parse_proxies(settings_.goproxy), wanted);
            },
            target_.platform,
            [&](const Fetched& fetched, int file) {
                proof::TreeHash hash;
                const Unpacked unpacked =
                    unpack(ArchiveKind::module_zip, file, base::open_directory(goroot_).get(),
                           nothing_shared_);
                for (const auto& [name, content] : unpacked.files)
                    hash.add(target_.prefix() + name, content);
                if (proof && hash.finish() != proof->h1)
                    throw Error{
                        base::format("{} is not what the checksum database knows", fetched.url),
                        {},
                        ExitCode::verification};
                fs::remove_all(goroot_ / "bin");
                fs::remove_all(goroot_ / "pkg");
            });
    }

    const Settings& settings_;
    Target target_;
    Listener& listener_;
    store::Staging staging_;
    fs::path goroot_;
    store::SharedFiles nothing_shared_;
};

void check_order(const SourceOrder& order) {
    if (order.version < GoVersion::require("1.21.0"))
        throw Error{base::format("builds of {} are not reproducible, so nothing could prove one",
                                 order.version.name()),
                    "that works from Go 1.21 on; build it by hand, then gov link NAME DIR",
                    ExitCode::usage};
}

store::Toolchain require_bootstrap(const store::Places& places, const GoVersion& version) {
    auto bootstrap = find_bootstrap(places, version);
    if (!bootstrap)
        throw Error{base::format("no installed release can build {}: that takes Go {} or later",
                                 version.name(), bootstrap_floor(version).number()),
                    base::format("run: gov install {}", bootstrap_floor(version).number()),
                    ExitCode::missing_dependency};
    return std::move(*bootstrap);
}

}  // namespace

Installed build_and_install(const Settings& settings, const SourceOrder& order,
                            const Wishes& wishes, const base::Environment& environment,
                            Listener& listener) {
    const std::string name = order.version.name();
    return base::while_doing(base::format("building {}", name), [&] {
        check_order(order);
        const base::FileLock lock =
            store::lock_version(settings.places, order.version, [&] { listener.waiting(); });
        if (auto receipt = installed_receipt(settings.places, order.version))
            return Installed{std::move(*receipt), Origin::was_there, {}};
        const store::Toolchain bootstrap = require_bootstrap(settings.places, order.version);
        const Target target = Target::of(settings, order.version);
        std::optional<proof::Proof> proof;
        if (!wishes.insecure) {
            listener.asking_log();
            proof = ask_log(settings, target);
        }
        Build build{settings, target, listener};
        Source source = order.tree ? build.copy(*order.tree) : build.fetch(proof);
        const fs::path log = settings.places.state / "logs" / base::format("build-{}.log", name);
        listener.building(base::format("Building with {}; its output is in {}",
                                       bootstrap.version.name(), log.native()));
        run_make_bash(build.goroot(), bootstrap.goroot, environment, log,
                      [&](const std::string& step) { listener.building(step); });
        store::Receipt receipt = build.install({.source = "built",
                                                .place = std::move(source.place),
                                                .archive_sha256 = std::move(source.sha256),
                                                .proved_by = "nothing",
                                                .full = false,
                                                .editable = wishes.editable,
                                                .built_with = bootstrap.version.name()},
                                               std::move(proof));
        return Installed{std::move(receipt), Origin::source, {}};
    });
}

}  // namespace gov::download
