// SPDX-License-Identifier: Apache-2.0
#include "activation/overhead.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace gov::activation {

namespace {

using Kind = Landmark::Kind;

// Which kinds of landmarks have a say above a .gotoolchain.toml.
class Say {
public:
    Say(Sight& sight, const std::string& pin_file) {
        try {
            const Sight::ProjectFile* read = sight.project_file(pin_file);
            if (read == nullptr) return;
            inherits_ = read->file.inherits;
            is_open_ = !read->file.pin;
        } catch (const base::Error&) {
            is_open_ = true;  // what it says is not known
        }
    }

    // The nearest go.work and the nearest go.mod count, and no directories by these names.
    void pass(const Landmark& landmark) noexcept {
        if (landmark.is_directory) return;
        has_work_ = has_work_ || landmark.kind == Kind::go_work;
        has_module_ = has_module_ || landmark.kind == Kind::go_mod;
    }

    bool has(Kind kind) const noexcept {
        if (kind == Kind::go_work) return !has_work_;
        if (kind == Kind::go_mod) return !has_module_;
        return is_open_ || (kind == Kind::pin_file && inherits_);
    }

private:
    bool is_open_ = true;  // no version is chosen yet
    bool inherits_ = true;
    bool has_work_ = false;
    bool has_module_ = false;
};

}  // namespace

Overhead overhead(Sight& sight) {
    const auto landmarks = sight.landmarks();
    const auto walked = within_walk(landmarks);
    const auto pin = std::ranges::find_if(walked, &Landmark::is_pin_file);
    Overhead result;
    if (pin == walked.end()) return result;
    Say say{sight, pin->path};
    for (const Landmark& landmark : walked) say.pass(landmark);
    auto next = landmarks.begin() + static_cast<std::ptrdiff_t>(walked.size());
    std::string path;
    for (std::string_view level = pin->directory(); !level.empty();) {
        level = level.substr(0, level.rfind('/'));
        for (std::size_t i = 0; i < landmark_names.size(); ++i) {
            const bool counts = say.has(static_cast<Kind>(i));
            path.assign(level).append("/").append(landmark_names[i]);
            if (next == landmarks.end() || next->path != path) {
                if (counts) result.absent.push_back(path);
                continue;
            }
            if (counts) result.present.push_back(*next);
            say.pass(*next++);
        }
    }
    return result;
}

}  // namespace gov::activation
