// SPDX-License-Identifier: Apache-2.0
#include "download/installer.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "download/admission.hpp"
#include "download/any_source.hpp"
#include "download/arriving_archive.hpp"
#include "download/pending_proof.hpp"
#include "download/verify.hpp"
#include "store/installed.hpp"
#include "store/workspace.hpp"

#include <optional>

namespace gov::download {

namespace fs = std::filesystem;
using base::Error;
using base::ExitCode;
using toolchain::GoVersion;

namespace {

// The sources that can do what is wished, in the order to ask them.
std::vector<Site> order_of(const Settings& settings, const Target& target, const Wishes& wishes) {
    std::vector<Site> order = order_of(settings, target);
    if (!wishes.need_site()) return order;
    std::erase_if(order, [](const Site& site) { return site.kind == SourceKind::proxy; });
    if (order.empty())
        throw Error{
            "--full and --sha256 are about the download site's archive, and the site is "
            "none of the sources",
            "let GOV_SOURCES list download", ExitCode::usage};
    return order;
}

// What the archive itself has to be, before anything reads it.
void check_archive(const Fetched& fetched, const Wishes& wishes, bool is_logged) {
    if (!wishes.sha256.empty() && fetched.sha256 != wishes.sha256)
        throw Error{base::format("{} has the SHA-256 {}, not {}", fetched.url, fetched.sha256,
                                 wishes.sha256),
                    "see where the wanted SHA-256 comes from", ExitCode::verification};
    if (fetched.index_agrees || !wishes.sha256.empty() || wishes.insecure) return;
    if (wishes.full && is_logged)
        throw Error{base::format("nothing proves all of {}: the checksum database does not cover "
                                 "api, doc, misc and test, and the index has no SHA-256 for it",
                                 fetched.url),
                    "install it without --full, or with --sha256", ExitCode::verification};
    if (!is_logged)
        throw Error{
            base::format(
                "nothing proves {}: the checksum database does not cover it and the index has no "
                "SHA-256 for it",
                fetched.url),
            "install it with GOV_SOURCES=proxy, or with --sha256", ExitCode::verification};
}

Provenance provenance_of(const Fetched& fetched, const Wishes& wishes) {
    return {std::string{name_of(fetched.kind)},
            fetched.url,
            fetched.sha256,
            wishes.insecure         ? "nothing"
            : wishes.sha256.empty() ? "index"
                                    : "sha256",
            wishes.full,
            wishes.editable};
}

// What `work` gives. Where it fails, and the log does not prove the release either, that is the
// reason to tell: nothing that `work` does would have helped.
template <class Work>
auto unless_unproved(std::optional<PendingProof>& pending, const Work& work) {
    try {
        return work();
    } catch (...) {
        if (pending) pending->take();
        throw;
    }
}

Installed put_together(const Settings& settings, const Target& target, const Wishes& wishes,
                       Listener& listener, PartialFile& file) {
    Installed installed{.receipt = {target.version, {}, {}, {}, {}, {}, {}, {}},
                        .origin = Origin::source,
                        .passed_over = {}};
    const std::vector<Site> order = order_of(settings, target, wishes);
    store::Staging staging{settings.places, target.version};
    const store::SharedFiles shared = wishes.editable
                                          ? store::SharedFiles{}
                                          : store::SharedFiles{settings.places, target.version};
    ArrivingArchive archive{file.fd(),
                            target.prefix(),
                            staging,
                            shared,
                            {[&](std::uint64_t received, std::uint64_t total) {
                                 listener.downloading(received, total);
                             },
                             [&](double share) { listener.unpacking(share); }}};
    std::optional<PendingProof> pending;
    const auto ask = [&] {
        listener.asking_log();
        pending.emplace(settings, target);
    };
    if (needs_log(settings, target) && !wishes.insecure) ask();
    Access access = settings.access;
    if (pending) access.watch = [&] { pending->check_hope(); };
    Unpacked unpacked;
    const Fetched fetched = unless_unproved(pending, [&] {
        Fetched came =
            fetch_from_any(settings, order,
                           {target.version, target.platform, file, archive, access,
                            settings.places.cache / "index"},
                           archive, wishes.full ? ArchiveKind::full_tarball : ArchiveKind::tarball,
                           installed.passed_over);
        if (!pending && came.kind == SourceKind::proxy && !wishes.insecure) ask();
        check_archive(came, wishes, pending.has_value());
        unpacked = archive.finish();
        return came;
    });
    file.remove();  // before everything is synced: what is gone need not reach the disk
    installed.receipt = admit(settings, target, provenance_of(fetched, wishes), unpacked,
                              pending ? std::optional{pending->take()} : std::nullopt, staging);
    return installed;
}

// What fails to verify with a part of an earlier run is brought once more, from the start: a power
// cut may have damaged that part.
Installed bring(const Settings& settings, const Target& target, const Wishes& wishes,
                Listener& listener) {
    const auto attempt = [&](PartialFile& file) {
        return put_together(settings, target, wishes, listener, file);
    };
    std::optional<PartialFile> file{std::in_place, settings.places.downloads(),
                                    target.version.name()};
    try {
        return attempt(*file);
    } catch (const std::exception& error) {
        if (!file->is_resumed() || base::exit_code_of(error) != ExitCode::verification) throw;
    }
    file.emplace(settings.places.downloads(), target.version.name());
    return attempt(*file);
}

// Whether what `receipt` stands for is what `wishes` want.
bool suits(const store::Receipt& receipt, const Wishes& wishes) {
    return receipt.full == wishes.full && receipt.editable == wishes.editable &&
           (wishes.sha256.empty() || receipt.archive_sha256 == wishes.sha256);
}

// Throws Error where what is installed is not what is wanted now; without wishes anything is.
void check_suits(const store::Receipt& receipt, const Wishes& wishes) {
    if (suits(receipt, wishes) || !(wishes.full || wishes.editable || !wishes.sha256.empty()))
        return;
    throw Error{"it is installed already, in another way",
                base::format("gov uninstall {}, then install it again", receipt.version.name())};
}

// The receipt of the release that was in the trash and is in place again; nullopt where none was,
// or what was there no longer is what was proved.
std::optional<store::Receipt> take_back(const Settings& settings, const GoVersion& version,
                                        const Wishes& wishes) {
    const auto trashed = store::Trashed::find(settings.places, version);
    if (!trashed) return std::nullopt;
    std::optional<Verification> found;
    try {
        found = verify(settings.places, {version, trashed->goroot()}, settings.gosumdb,
                       settings.verify);
    } catch (const Error& error) {
        if (base::exit_code_of(error) != ExitCode::verification) throw;
    }
    if (!found || !found->is_whole() || !found->receipt.is_proved() ||
        !suits(found->receipt, wishes)) {
        trashed->discard();
        return std::nullopt;
    }
    trashed->restore(settings.places, version);
    return std::move(found->receipt);
}

}  // namespace

Installed install(const Settings& settings, const GoVersion& version, const Wishes& wishes,
                  Listener& listener) {
    return base::while_doing(base::format("installing {}", version.name()), [&] {
        if (version.is_language_only())
            throw Error{base::format("{} is a language version, not a release", version.number()),
                        base::format("its first release is {}.0", version.name()),
                        ExitCode::no_release};
        const base::FileLock lock =
            store::lock_version(settings.places, version, [&] { listener.waiting(); });
        if (auto receipt = installed_receipt(settings.places, version)) {
            check_lock(settings, *receipt);
            check_suits(*receipt, wishes);
            return Installed{std::move(*receipt), Origin::was_there, {}};
        }
        if (auto receipt = take_back(settings, version, wishes)) {
            check_lock(settings, *receipt);
            return Installed{std::move(*receipt), Origin::trash, {}};
        }
        return bring(settings, Target::of(settings, version), wishes, listener);
    });
}

}  // namespace gov::download
