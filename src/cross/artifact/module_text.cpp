// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/format.hpp"
#include "cross/artifact/build_info.hpp"
#include "toolchain/go_string.hpp"

namespace gov::cross {

namespace {

// Reads the lines of the text one after the other.
class ModuleText {
public:
    explicit ModuleText(BuildInfo& info) : info_{info} {}

    void read(std::string_view text) {
        for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            ++line_;
            read_line(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
    }

private:
    [[noreturn]] void refuse(std::string_view problem) const {
        throw base::Error{base::format("line {}: {}", line_, problem),
                          "the program's build information is damaged; build it again"};
    }

    void read_line(std::string_view line) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos) return;  // as Go does: what is unknown is passed over
        const std::string_view kind = line.substr(0, tab);
        const std::string_view rest = line.substr(tab + 1);
        if (kind == "path") {
            info_.path = rest;
        } else if (kind == "mod") {
            info_.main_module = module(rest);
            last_ = &*info_.main_module;
        } else if (kind == "dep") {
            info_.dependencies.push_back(module(rest));
            last_ = &info_.dependencies.back();
        } else if (kind == "=>") {
            replacement(rest);
        } else if (kind == "build") {
            setting(rest);
        }
    }

    BuildModule module(std::string_view text) const {
        const auto [path, version, sum, count] = columns_of(text);
        if (count != 2 && count != 3) refuse(base::format("a module with {} columns", count));
        BuildModule result;
        result.path = path;
        result.version = version;
        result.sum = sum;
        return result;
    }

    void replacement(std::string_view text) {
        if (last_ == nullptr) refuse("a replacement that follows no module");
        const BuildModule by = module(text);
        last_->replaced_by = by.path;
        last_->replaced_by_version = by.version;
        last_->replaced_by_sum = by.sum;
        last_ = nullptr;
    }

    void setting(std::string_view text) {
        std::string key;
        if (text.starts_with('"') || text.starts_with('`')) {
            auto quoted = toolchain::take_go_string(text);
            if (!quoted || !text.starts_with('='))
                refuse("a setting whose quoted name is not ended");
            key = std::move(*quoted);
            text.remove_prefix(1);
        } else {
            const auto equals = text.find('=');
            if (equals == 0 || equals == std::string_view::npos)
                refuse("a setting without name or '='");
            key = text.substr(0, equals);
            text.remove_prefix(equals + 1);
        }
        std::string value{text};
        if (text.starts_with('"') || text.starts_with('`')) {
            auto quoted = toolchain::take_go_string(text);
            if (!quoted || !text.empty()) refuse("a setting whose quoted value is not ended");
            value = std::move(*quoted);
        }
        info_.settings.emplace_back(std::move(key), std::move(value));
    }

    struct Columns {
        std::string_view first;
        std::string_view second;
        std::string_view third;
        int count = 0;  // of all columns, also those after the third
    };

    static Columns columns_of(std::string_view text) {
        Columns columns;
        for (auto tab = text.find('\t');; tab = text.find('\t')) {
            const std::string_view column = text.substr(0, tab);
            ++columns.count;
            if (columns.count == 1) columns.first = column;
            if (columns.count == 2) columns.second = column;
            if (columns.count == 3) columns.third = column;
            if (tab == std::string_view::npos) return columns;
            text.remove_prefix(tab + 1);
        }
    }

    BuildInfo& info_;
    BuildModule* last_ = nullptr;  // what a replacement line would replace
    int line_ = 0;
};

}  // namespace

void parse_module_text(std::string_view text, BuildInfo& info) {
    ModuleText{info}.read(text);
}

}  // namespace gov::cross
