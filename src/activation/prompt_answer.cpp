// SPDX-License-Identifier: Apache-2.0
#include "activation/prompt_answer.hpp"

#include "activation/changes.hpp"
#include "activation/verdict.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <algorithm>
#include <cstdint>

#include <sys/stat.h>

namespace gov::activation {

namespace {

constexpr std::string_view said_variable = "GOV_SAID";

// FNV-1a (datatracker.ietf.org/doc/html/draft-eastlake-fnv): tells texts apart, proves nothing.
std::string fingerprint(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return base::format("{:016x}", hash);
}

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

// nushell's text is UTF-8: what is not cannot be said to it.
void leave_out_what_is_not_utf8(std::vector<Setting>& changes, std::string& note) {
    std::erase_if(changes, [&](const Setting& setting) {
        if (!setting.value || base::is_utf8(*setting.value)) return false;
        add_line(note, base::format("nushell cannot hold the value of {}, which is not UTF-8: it "
                                    "stays as it is",
                                    setting.name));
        return true;
    });
}

// tcsh evaluates one line, where nothing stands for a newline: it sources a file instead, named for
// its content.
std::string in_a_file(const std::string& statements, const Shell& shell,
                      const store::Places& places) {
    const std::filesystem::path directory = answer_directory(places);
    const std::filesystem::path path = directory / fingerprint(statements);
    struct stat status;
    if (path.native().find('\n') != std::string::npos)
        throw base::Error{
            "tcsh cannot be given values with a newline, because the path of gov's "
            "state directory has one as well",
            "set XDG_STATE_HOME to another directory"};
    if (::stat(path.c_str(), &status) != 0) {
        base::make_private_directory(directory);
        base::write_file_atomically(path, statements);
    }
    return base::format("source {}; : gov-end\n", shell.quoted(path.native()));
}

std::string spelled(const Shell& shell, const std::vector<Setting>& changes,
                    const store::Places& places) {
    const std::string statements = shell.statements(changes);
    const bool one_line = statements.find('\n') == statements.size() - 1;
    return shell.name == "tcsh" && !one_line ? in_a_file(statements, shell, places) : statements;
}

}  // namespace

std::filesystem::path answer_directory(const store::Places& places) {
    return places.state / "tcsh";
}

PromptAnswer prompt_answer(const Shell& shell, std::string_view directory,
                           const base::Environment& environment) {
    PromptAnswer answer;
    std::vector<Setting> changes;
    const auto say_once = [&] {
        const std::string said = fingerprint(answer.note);
        if (answer.note.empty()) return;
        if (environment.get(said_variable) == said)
            answer.note.clear();
        else
            changes.push_back({std::string{said_variable}, said});
    };
    try {
        const auto places = store::Places::of(environment);
        const Verdict verdict = reach_verdict(directory, environment, places);
        const Plan plan = plan_to(verdict.goal, environment);
        changes = changes_of(plan, environment);
        answer.note = verdict.note;
        for (const std::string& name : plan.kept) add_line(answer.note, describe_kept(name));
        if (shell.name == "nu") leave_out_what_is_not_utf8(changes, answer.note);
        say_once();
        answer.statements = spelled(shell, changes, places);
    } catch (const base::Error& error) {
        changes.clear();
        answer.note = in_one_line(error);
        say_once();
        answer.statements = shell.statements(changes);
    }
    return answer;
}

}  // namespace gov::activation
