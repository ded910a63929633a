// SPDX-License-Identifier: Apache-2.0
#include "cross/running/supervision.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/process_tree.hpp"

#include <charconv>
#include <optional>
#include <string_view>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;

// Fields end with a zero byte, which neither words nor variables have; nothing else is in the way
// of what an environment may hold.
void add(std::string& text, std::string_view field) {
    text += field;
    text += '\0';
}

class FieldReader {
public:
    FieldReader(std::string text, const fs::path& path) : text_{std::move(text)}, path_{path} {}

    std::string field() {
        const auto end = text_.find('\0', at_);
        if (end == std::string::npos)
            throw base::Error{base::format("{} is no file of gov cross test", path_.native()),
                              {},
                              base::ExitCode::usage};
        std::string value = text_.substr(at_, end - at_);
        at_ = end + 1;
        return value;
    }

    std::int64_t number() {
        const std::string text = field();
        std::int64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    std::vector<std::string> list() {
        std::vector<std::string> values(static_cast<std::size_t>(number()));
        for (std::string& value : values) value = field();
        return values;
    }

private:
    std::string text_;
    const fs::path& path_;
    std::size_t at_ = 0;
};

void add_list(std::string& text, const std::vector<std::string>& values) {
    add(text, base::format("{}", values.size()));
    for (const std::string& value : values) add(text, value);
}

}  // namespace

void write_supervision(const Supervision& supervision, const fs::path& path) {
    std::string text;
    add_list(text, supervision.command);
    add_list(text, supervision.environment.entries());
    add(text, base::format("{}", supervision.limit.count()));
    add(text, base::format("{}", supervision.owner));
    add(text, base::format("{}", supervision.after_interrupt.count()));
    add(text, supervision.mark);
    add(text, supervision.late.native());
    base::write_file_atomically(path, text, 0600);
}

Supervision read_supervision(const fs::path& path) {
    constexpr std::size_t size_limit = 16U << 20U;
    FieldReader reader{base::read_file(path, size_limit).value_or(""), path};
    Supervision supervision;
    supervision.command = reader.list();
    for (const std::string& entry : reader.list()) {
        const auto equals = entry.find('=');
        supervision.environment.set(entry.substr(0, equals), entry.substr(equals + 1));
    }
    supervision.limit = std::chrono::milliseconds{reader.number()};
    supervision.owner = static_cast<pid_t>(reader.number());
    supervision.after_interrupt = std::chrono::milliseconds{reader.number()};
    supervision.mark = reader.field();
    supervision.late = reader.field();
    return supervision;
}

int supervise(const Supervision& supervision, const std::vector<std::string>& program) {
    base::ProcessSpec spec{.arguments = supervision.command,
                           .environment = supervision.environment};
    spec.arguments.insert(spec.arguments.end(), program.begin(), program.end());
    const base::UniqueFd owner = base::watch_process(supervision.owner);
    const base::TreeResult result =
        base::run_tree(spec, {.time = supervision.limit,
                              .after_interrupt = supervision.after_interrupt,
                              .lifeline = owner.get()});
    if (result.end == base::TreeEnd::time_limit) {
        // What the program printed last may not have ended its line.
        const std::string line = "\n" + supervision.mark + "\n";
        if (!supervision.mark.empty())
            base::write_all(STDOUT_FILENO, base::as_bytes(line), "standard output");
        if (!supervision.late.empty()) base::write_file_atomically(supervision.late, "");
    }
    const bool was_ended =
        result.end == base::TreeEnd::time_limit || result.end == base::TreeEnd::given_up;
    return was_ended ? 1 : result.status;
}

}  // namespace gov::cross
