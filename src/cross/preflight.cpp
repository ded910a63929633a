// SPDX-License-Identifier: Apache-2.0
#include "cross/preflight.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/process.hpp"
#include "base/text_lines.hpp"
#include "cross/file_stamp.hpp"
#include "cross/kept_folder.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <set>

namespace gov::cross {

namespace {

namespace fs = std::filesystem;
using base::Json;

// Every package outside the standard library, with cgo and without what only that build needs.
constexpr const char* imports_template =
    "{{if not .Standard}}{{.ImportPath}}\t{{.Dir}}\t{{with .Module}}{{.GoMod}}{{end}}\t"
    "{{len .CgoFiles}}\t{{len .CXXFiles}}{{end}}";

// What go answered.
struct Answer {
    std::string packages;                // of list_packages()
    std::optional<std::string> imports;  // of imports_template; nullopt: go could not follow them
};

std::optional<std::string> list_imports(PackageQuery query, bool of_tests = false) {
    query.environment.set("CGO_ENABLED", "1");
    std::vector<std::string> options{"-e", "-deps", "-f", imports_template};
    if (of_tests) options.emplace_back("-test");
    const base::ProcessResult result = base::run(go_list(query, std::move(options)));
    if (result.status != 0) return std::nullopt;
    return result.output;
}

// Everything that the answer depends on beside the files on the disk.
std::string question_of(const PackageQuery& query) {
    std::string text = query.goroot.native() + "\n" + query.directory.native() + "\n";
    text += std::string{imports_template} + "\n";
    for (const auto* words : {&query.patterns, &query.tags}) {
        for (const std::string& word : *words) text += word + "\n";
        text += "\n";
    }
    for (const std::string& entry : query.environment.entries()) text += entry + "\n";
    return text;
}

// The files whose change could make `go list` answer something else.
class Witnesses {
public:
    explicit Witnesses(const PackageQuery& query)
        : modules_{std::string{query.environment.get("GOMODCACHE").value_or("\n")} + "/"} {
        add(query.goroot / "bin/go");
        const fs::path workspace{query.environment.get("GOWORK").value_or("off")};
        if (workspace != "off") {
            add(workspace);
            add(workspace.native() + ".sum");
        }
        // A go.mod in a nearer directory would make another module of it.
        for (fs::path at = query.directory; at.has_relative_path(); at = at.parent_path())
            add(at / "go.mod");
    }

    void add_package(const fs::path& directory, const fs::path& go_mod) {
        if (directory.native().starts_with(modules_)) return;  // nothing there ever changes
        const fs::path root = go_mod.parent_path();
        if (!root.empty())
            for (const char* name : {"go.mod", "go.sum", "vendor/modules.txt"}) add(root / name);
        const fs::path end = root.empty() ? directory.parent_path() : root;
        for (fs::path at = directory; at != end && at.has_relative_path(); at = at.parent_path())
            add(at / "go.mod");
        add(directory / "*.go");
        std::error_code ignored;
        for (const fs::directory_entry& entry : fs::directory_iterator{directory, ignored})
            if (entry.path().extension() == ".go") add(entry.path());
    }

    std::vector<FileStamp> stamps() const {
        std::vector<FileStamp> stamps;
        for (const std::string& path : paths_) stamps.push_back(stamp_of(path));
        return stamps;
    }

private:
    void add(const fs::path& path) { paths_.insert(path.native()); }

    std::string modules_;
    std::set<std::string> paths_;
};

struct Import {
    std::string_view path;
    std::string_view directory;
    std::string_view go_mod;
    bool has_c_code;
    bool has_cxx;
};

std::vector<Import> parse_imports(std::string_view output) {
    std::vector<Import> imports;
    for (std::string_view line : base::lines_of(output)) {
        Import import;
        import.path = base::take_field(line);
        import.directory = base::take_field(line);
        import.go_mod = base::take_field(line);
        const std::string_view with_c = base::take_field(line);
        import.has_c_code = !with_c.empty() && with_c != "0";
        import.has_cxx = import.has_c_code && !line.empty() && line != "0";
        if (!import.path.empty()) imports.push_back(import);
    }
    return imports;
}

CCode c_code_in(const std::string& output) {
    CCode code;
    for (const Import& import : parse_imports(output)) {
        if (!import.has_c_code) continue;
        code.has_cxx = code.has_cxx || import.has_cxx;
        // "P [P.test]" is P as its tests need it.
        const std::string path{import.path.substr(0, import.path.find(' '))};
        if (std::ranges::find(code.packages, path) == code.packages.end())
            code.packages.push_back(path);
    }
    return code;
}

Answer ask(const PackageQuery& query) {
    auto imports = std::async(std::launch::async, [&] { return list_imports(query); });
    std::string packages = list_packages(query);
    return {std::move(packages), imports.get()};
}

// No pattern of many packages is kept: a new directory anywhere could add one.
bool can_be_kept(const PackageQuery& query, const Answer& answer) {
    return answer.imports && std::none_of(query.patterns.begin(), query.patterns.end(),
                                          [](const std::string& pattern) {
                                              return pattern.find("...") != std::string::npos;
                                          });
}

void keep(const PackageQuery& query, const Answer& answer, const fs::path& memory,
          std::chrono::system_clock::time_point asked_at) {
    const std::string imports = answer.imports.value_or("");
    Witnesses witnesses{query};
    for (const Import& import : parse_imports(imports))
        witnesses.add_package(import.directory, import.go_mod);
    Json::Object seen;
    for (const FileStamp& stamp : witnesses.stamps()) {
        if (!is_settled(stamp, asked_at)) return;
        seen.emplace_back(stamp.path.native(), stamp.stamp);
    }
    const Json text = Json::Object{{"question", question_of(query)},
                                   {"packages", answer.packages},
                                   {"imports", imports},
                                   {"seen", std::move(seen)}};
    write_kept_file(memory, text.write_line());
}

std::optional<Answer> recall(const PackageQuery& query, const fs::path& memory) {
    constexpr std::size_t size_limit = 16U << 20U;
    try {
        const auto text = base::read_file(memory, size_limit);
        if (!text) return std::nullopt;
        const Json kept = Json::parse(*text);
        const Json* seen = kept.find("seen");
        const Json::Object* stamps = seen == nullptr ? nullptr : seen->as_object();
        if (kept.text("question") != question_of(query) || stamps == nullptr) return std::nullopt;
        for (const auto& [path, stamp] : *stamps)
            if (stamp.as_string() == nullptr || stamp_of(path).stamp != *stamp.as_string())
                return std::nullopt;
        return Answer{std::string{kept.text("packages")}, std::string{kept.text("imports")}};
    } catch (const base::Error&) {  // what is no answer is asked for again
        return std::nullopt;
    }
}

}  // namespace

Preflight preflight(const PackageQuery& query, const fs::path& memory) {
    std::optional<Answer> answer;
    if (!memory.empty()) answer = recall(query, memory);
    if (!answer) {
        const auto now = std::chrono::system_clock::now();
        answer = ask(query);
        if (!memory.empty() && can_be_kept(query, *answer)) keep(query, *answer, memory, now);
    }
    return {parse_package_list(answer->packages, query.patterns),
            c_code_in(answer->imports.value_or(""))};
}

CCode c_code_of_tests(const PackageQuery& query) {
    return c_code_in(list_imports(query, true).value_or(""));
}

}  // namespace gov::cross
