// SPDX-License-Identifier: Apache-2.0
#include "trust/judgement.hpp"

#include "trust/owners.hpp"
#include "trust/worktree.hpp"

namespace gov::trust {

namespace fs = std::filesystem;

namespace {

// What is asked of the records, and what was read for it so far.
class Inquiry {
public:
    Inquiry(const store::Places& places, const fs::path& path, const std::string& text,
            const project::ProjectFile& file, const Watch& watch)
        : places_{places}, path_{path}, text_{text}, file_{file}, watch_{watch} {
        result_.claim.path = claimed_path(path);
    }

    Judgement judge() && {
        result_.standing = standing();
        return std::move(result_);
    }

private:
    Standing standing() {
        const auto record = look_up(result_.claim.path);
        if (record && record->word == Record::Word::denied) return Standing::denied;
        if (record && covers(*record)) return unless_foreign(Standing::allowed, *record);
        if (const auto main = main_checkout_of(result_.claim.path.parent_path(), watch_)) {
            const auto of_main = look_up(*main / path_.filename());
            if (of_main && of_main->word == Record::Word::allowed && covers(*of_main))
                return unless_foreign(Standing::inherited, *of_main);
        }
        return record ? Standing::changed : Standing::unknown;
    }

    std::optional<Record> look_up(const fs::path& claimed) {
        watch_(record_file(places_, claimed));
        return read_record(places_, claimed);
    }

    // Whether the record is of these bytes. The .env files are looked at only where the project's
    // own file is the one that was allowed: it is what names them.
    bool covers(const Record& record) {
        const auto& files = record.claim.files;
        if (files.empty() || files[0].content != text_) return false;
        if (result_.claim.files.empty()) {
            for (const std::string& name : file_.dotenv) watch_(dotenv_path(path_, name));
            result_.claim = read_claim(path_, text_, file_);
        }
        return result_.claim.files == files;
    }

    Standing unless_foreign(Standing standing, const Record& record) {
        if (record.any_owner) return standing;
        if (auto why = foreign_hand_on(result_.claim.path)) {
            result_.reason = std::move(*why);
            return Standing::foreign;
        }
        return standing;
    }

    const store::Places& places_;
    const fs::path& path_;
    const std::string& text_;
    const project::ProjectFile& file_;
    const Watch& watch_;
    Judgement result_;
};

}  // namespace

Judgement judge(const store::Places& places, const fs::path& path, const std::string& text,
                const project::ProjectFile& file, const Watch& watch) {
    if (!file.needs_trust()) return {Standing::needless, {}, {path, {}}};
    return judge_strictly(places, path, text, file, watch);
}

Judgement judge_strictly(const store::Places& places, const fs::path& path, const std::string& text,
                         const project::ProjectFile& file, const Watch& watch) {
    return Inquiry{places, path, text, file, watch}.judge();
}

std::string_view name_of(Standing standing) {
    switch (standing) {
        case Standing::needless:
            return "needless";
        case Standing::allowed:
            return "allowed";
        case Standing::inherited:
            return "inherited";
        case Standing::unknown:
            return "unknown";
        case Standing::changed:
            return "changed";
        case Standing::denied:
            return "denied";
        case Standing::foreign:
            return "foreign";
    }
    return {};
}

}  // namespace gov::trust
