// SPDX-License-Identifier: Apache-2.0
#pragma once
// ArrivingArchive: a release's archive, unpacked while it is downloaded where its kind allows that.

#include "download/arrivals.hpp"
#include "download/unpacking.hpp"
#include "store/workspace.hpp"

#include <functional>
#include <optional>
#include <string>

namespace gov::download {

class ArrivingArchive : public Arrivals {
public:
    struct Told {
        std::function<void(std::uint64_t received, std::uint64_t total)> downloading;
        UnpackProgress unpacking;
    };

    // The archive arrives in `file`, a descriptor, and is unpacked into `staging`. `prefix` is the
    // module's in a zip. What these refer to must outlive this.
    ArrivingArchive(int file, std::string prefix, store::Staging& staging,
                    const store::SharedFiles& shared, Told told);

    // The next source is asked, which serves archives of this kind.
    void expect(ArchiveKind kind);

    void restarts() override;
    // Throws what went wrong in unpacking: there is no use for the rest of such an archive.
    void contiguous(std::uint64_t bytes) override;
    void ending(std::uint64_t begin) override;
    // Throws Error (ExitCode::disk) where there will be no room for what is in it.
    void progress(std::uint64_t received, std::uint64_t total) override;

    // The whole archive is there: unpacks what is left of it. Throws Error, as Unpacking does.
    Unpacked finish();

private:
    Unpacking& unpacking();

    int file_;
    std::string prefix_;
    store::Staging& staging_;
    const store::SharedFiles& shared_;
    Told told_;
    ArchiveKind kind_ = ArchiveKind::tarball;
    std::uint64_t room_for_ = 0;  // the archive's size for which there is room
    Arrived arrived_;
    std::optional<Unpacking> unpacking_;
};

}  // namespace gov::download
