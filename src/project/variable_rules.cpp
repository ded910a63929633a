// SPDX-License-Identifier: Apache-2.0
#include "project/variable_rules.hpp"

#include <algorithm>
#include <array>

namespace gov::project {

namespace {

constexpr std::string_view gov_answers = "gov itself answers for it";
constexpr std::string_view runs_code = "it can make shells or programs run code";
constexpr std::string_view breaks_shell = "the shell needs it for itself";
constexpr std::string_view chooses_source =
    "where releases and modules come from, and what proves them, is for the user to say";
constexpr std::string_view moves_places = "it moves where programs keep what is the user's own";

struct Rule {
    std::string_view name;  // with a final '*': all names that start so
    std::string_view reason;
};

constexpr std::array rules{
    Rule{"GOV_*", gov_answers},
    Rule{"__gov*", gov_answers},
    Rule{"GOROOT", gov_answers},
    Rule{"GOTOOLCHAIN", gov_answers},
    Rule{"PATH", "[path] prepend is for that"},

    Rule{"LD_*", runs_code},
    Rule{"DYLD_*", runs_code},
    Rule{"GCONV_PATH", runs_code},
    Rule{"GLIBC_TUNABLES", runs_code},
    Rule{"ENV", runs_code},
    Rule{"PROMPT*", runs_code},
    Rule{"PS0", runs_code},
    Rule{"PS1", runs_code},
    Rule{"PS2", runs_code},
    Rule{"PS3", runs_code},
    Rule{"PS4", runs_code},
    Rule{"RPROMPT*", runs_code},
    Rule{"RPS1", runs_code},
    Rule{"RPS2", runs_code},
    Rule{"SPROMPT", runs_code},
    Rule{"ZDOTDIR", runs_code},
    Rule{"FPATH", runs_code},
    Rule{"MODULE_PATH", runs_code},
    Rule{"GIT_*", runs_code},
    Rule{"SSH_*", runs_code},
    Rule{"PERL5*", runs_code},
    Rule{"PYTHON*", runs_code},
    Rule{"NODE_OPTIONS", runs_code},
    Rule{"RUBYOPT", runs_code},
    Rule{"RUBYLIB", runs_code},
    Rule{"JAVA_TOOL_OPTIONS", runs_code},
    Rule{"JDK_JAVA_OPTIONS", runs_code},
    Rule{"_JAVA_OPTIONS", runs_code},
    Rule{"LESSOPEN", runs_code},
    Rule{"LESSCLOSE", runs_code},

    Rule{"IFS", breaks_shell},
    Rule{"SHELLOPTS", breaks_shell},
    Rule{"BASH*", breaks_shell},
    Rule{"POSIXLY_CORRECT", breaks_shell},
    Rule{"CDPATH", breaks_shell},
    Rule{"GLOBIGNORE", breaks_shell},
    Rule{"HIST*", breaks_shell},
    Rule{"PWD", breaks_shell},
    Rule{"OLDPWD", breaks_shell},
    Rule{"SHLVL", breaks_shell},
    Rule{"UID", breaks_shell},
    Rule{"EUID", breaks_shell},
    Rule{"GID", breaks_shell},
    Rule{"EGID", breaks_shell},
    Rule{"PPID", breaks_shell},
    Rule{"GROUPS", breaks_shell},
    Rule{"USERNAME", breaks_shell},
    Rule{"RANDOM", breaks_shell},
    Rule{"SECONDS", breaks_shell},
    Rule{"LINENO", breaks_shell},
    Rule{"FUNCNAME", breaks_shell},
    Rule{"DIRSTACK", breaks_shell},
    Rule{"OPTARG", breaks_shell},
    Rule{"OPTIND", breaks_shell},
    Rule{"OPTERR", breaks_shell},
    Rule{"NULLCMD", breaks_shell},
    Rule{"READNULLCMD", breaks_shell},
    Rule{"TMOUT", breaks_shell},
    Rule{"_", breaks_shell},
    Rule{"path", breaks_shell},
    Rule{"cdpath", breaks_shell},
    Rule{"fpath", breaks_shell},
    Rule{"argv", breaks_shell},
    Rule{"status", breaks_shell},
    Rule{"pipestatus", breaks_shell},
    Rule{"prompt", breaks_shell},
    Rule{"precmd*", breaks_shell},
    Rule{"preexec*", breaks_shell},
    Rule{"chpwd*", breaks_shell},
    Rule{"fish_*", breaks_shell},
    Rule{"history", breaks_shell},
    Rule{"hostname", breaks_shell},
    Rule{"version", breaks_shell},
    Rule{"umask", breaks_shell},

    Rule{"HOME", moves_places},
    Rule{"XDG_*", moves_places},

    Rule{"GOENV", chooses_source},
    Rule{"GOPROXY", chooses_source},
    Rule{"GONOPROXY", chooses_source},
    Rule{"GOSUMDB", chooses_source},
    Rule{"GONOSUMDB", chooses_source},
    Rule{"GONOSUMCHECK", chooses_source},
    Rule{"GOINSECURE", chooses_source},
    Rule{"GOAUTH", chooses_source},
    Rule{"GOVCS", chooses_source},
    Rule{"CURL_*", chooses_source},
    Rule{"NETRC", chooses_source},
    Rule{"SSL_CERT_FILE", chooses_source},
    Rule{"SSL_CERT_DIR", chooses_source},
    Rule{"SSLKEYLOGFILE", chooses_source},
    Rule{"OPENSSL_*", chooses_source},
};

// Read in any case, as curl and Go read them.
constexpr std::array<std::string_view, 5> proxies{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",
                                                  "FTP_PROXY", "NO_PROXY"};

bool is_letter(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_proxy(std::string_view name) noexcept {
    return std::ranges::any_of(proxies, [&](std::string_view proxy) {
        return std::ranges::equal(name, proxy, {}, upper);
    });
}

bool fits(std::string_view name, std::string_view pattern) noexcept {
    return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                  : name == pattern;
}

}  // namespace

bool is_variable_name(std::string_view name) noexcept {
    return !name.empty() && is_letter(name[0]) &&
           std::ranges::all_of(name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::optional<std::string_view> why_not_for_projects(std::string_view name) noexcept {
    if (is_proxy(name)) return chooses_source;
    const auto found =
        std::ranges::find_if(rules, [&](const Rule& rule) { return fits(name, rule.name); });
    return found == rules.end() ? std::nullopt : std::optional{found->reason};
}

std::optional<std::string_view> why_not_this_value(std::string_view name,
                                                   std::string_view value) noexcept {
    if (name != "GOFLAGS") return std::nullopt;
    for (const std::string_view flag : {"toolexec", "exec", "vettool", "insecure"})
        for (std::size_t at = value.find(flag); at != std::string_view::npos;
             at = value.find(flag, at + 1)) {
            const std::string_view after = value.substr(at + flag.size());
            const bool begins = at > 0 && value[at - 1] == '-';
            if (begins && (after.empty() || after[0] == '=' || after[0] == ' ' ||
                           after[0] == '\t' || after[0] == '\n' || after[0] == '\''))
                return flag == "insecure" ? chooses_source : runs_code;
        }
    return std::nullopt;
}

}  // namespace gov::project
