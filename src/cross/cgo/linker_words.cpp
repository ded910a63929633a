// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "base/text_lines.hpp"
#include "cross/cgo/c_toolchain.hpp"
#include "cross/linker_flags.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

using Words = std::vector<std::string>;

bool contains(const Words& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// The flag's name without its dashes, of which Go's tools take one or two.
std::string_view flag_name(std::string_view word) {
    if (!word.starts_with('-')) return {};
    word.remove_prefix(word.starts_with("--") ? 2 : 1);
    return word.substr(0, word.find('='));
}

// What go's linker is given, taken apart: everything but -extldflags, and the words of these.
struct OwnFlags {
    Words others;
    Words external;
};

OwnFlags take_apart(const Words& own) {
    OwnFlags flags;
    const Words words = split_words(base::joined(own, " "));
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (flag_name(words[i]) != "extldflags") {
            flags.others.push_back(words[i]);
            continue;
        }
        const auto equals = words[i].find('=');
        std::string value;
        if (equals != std::string::npos)
            value = words[i].substr(equals + 1);
        else if (i + 1 < words.size())
            value = words[++i];
        // The linker keeps the last that it is given.
        flags.external = split_words(value);
    }
    return flags;
}

[[noreturn]] void refuse(std::string_view flag, std::string_view why, std::string hint) {
    throw base::Error{base::format("the linker flag {}: {}", base::printable(flag), why),
                      std::move(hint), base::ExitCode::usage};
}

void refuse_contradictions(const OwnFlags& own, const CToolchain& toolchain) {
    const CCompiler& compiler = toolchain.compiler;
    const bool has_glibc_of_zig = compiler.kind == CompilerKind::zig &&
                                  compiler.triple.find("-linux-gnu") != std::string::npos;
    if (contains(toolchain.linker_flags, "-linkmode=external"))
        for (const std::string& word : own.others)
            if (flag_name(word) == "linkmode" && !word.ends_with("=external"))
                refuse(word, "what is static or has musl is linked by the C compiler",
                       "leave the flag out, or static and musl");
    for (const std::string& word : own.external) {
        if (flag_name(word) == "target" || word == "-arch")
            refuse(word, "what is linked for is the target of the build", "leave it out");
        if (word == "-static" && has_glibc_of_zig)
            refuse(word, "zig has no static glibc", "static = true, or --static, takes musl");
        if (contains(toolchain.external_flags, "-static") &&
            (word == "-dynamic" || word == "-pie" || word == "-shared" || word == "-rdynamic"))
            refuse(word, "the program is linked with -static",
                   compiler.kind == CompilerKind::mingw ? "leave it out: MinGW's own libraries "
                                                          "are on no Windows machine"
                                                        : "leave it out, or static");
    }
}

}  // namespace

std::vector<std::string> linker_words(const std::optional<Words>& own,
                                      const CToolchain& toolchain) {
    Words words = own.value_or(Words{"-s", "-w"});
    const OwnFlags flags = take_apart(words);
    refuse_contradictions(flags, toolchain);
    Words external;
    for (const std::string& flag : toolchain.external_flags)
        if (flag != "-s" || contains(flags.others, "-s")) external.push_back(flag);
    // What is the user's stays in their words, unless something is to stand in front of it.
    const bool must_join = !flags.external.empty() && !external.empty();
    if (must_join) {
        words.clear();
        for (const std::string& word : flags.others) words.push_back(quoted_word(word));
    }
    for (const std::string& flag : toolchain.linker_flags)
        if (!contains(flags.others, flag)) words.push_back(flag);
    if (external.empty()) return words;
    const Words needed = external;
    for (const std::string& word : flags.external)
        if (!contains(needed, word)) external.push_back(word);
    for (std::string& word : external) word = quoted_word(word);
    words.push_back(quoted_word(base::format("-extldflags={}", base::joined(external, " "))));
    return words;
}

}  // namespace gov::cross
