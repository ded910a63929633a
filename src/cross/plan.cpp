// SPDX-License-Identifier: Apache-2.0
#include "cross/plan.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/printable.hpp"
#include "base/threads.hpp"
#include "cross/build_environment.hpp"
#include "cross/go_arguments.hpp"
#include "cross/preflight.hpp"
#include "cross/targets.hpp"
#include "cross/text_template.hpp"
#include "cross/vcs_stamp.hpp"
#include "cross/workspace.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace gov::cross {

namespace {

using base::Error;
using base::ExitCode;

// One build for one target, whose packages go is asked for.
struct Query {
    Target target;
    std::string build;
    BuildSettings settings;
    base::Environment environment;
    Preflight found = {};
    CPlan c = {};
    std::exception_ptr failure = {};
};

class Planner {
public:
    explicit Planner(const PlanRequest& request) : request_{request} {}

    Plan make() {
        plan_.facts = find_facts(request_.table, request_.flags, request_.version,
                                 request_.directory, request_.environment);
        stamp_ = vcs_stamp(
            request_.directory, request_.go_version, request_.environment,
            request_.flags.buildvcs.value_or(request_.table.settings.buildvcs.value_or(true)));
        if (!stamp_.note.empty()) plan_.notes.push_back(stamp_.note);
        plan_.environment = request_.environment;
        for (const auto& [name, value] : request_.collector) plan_.environment.set(name, value);
        if (request_.go_version >= toolchain::GoVersion::require("1.18"))
            plan_.environment.set("GOWORK", workspace_of(request_.directory));
        make_queries();
        ask_go();
        if (!stamp_.commit_time.empty())
            plan_.environment.set("SOURCE_DATE_EPOCH", stamp_.commit_time);
        for (Query& query : queries_) add_steps(query);
        refuse_equal_names();
        return std::move(plan_);
    }

private:
    void make_queries() {
        const auto known = known_targets(request_.goroot);
        const CrossTable& table = request_.table;
        for (const auto& [pattern, own] : table.targets) expand_targets({pattern}, known);
        std::vector<std::pair<std::string, BuildSettings>> builds = table.builds;
        if (builds.empty()) builds.emplace_back();
        for (const auto& [id, own] : builds) {
            BuildSettings settings = table.settings;
            settings.apply(own);
            settings.apply(request_.flags);
            std::vector<Target> targets =
                expand_targets(settings.targets.value_or(std::vector<std::string>{}), known);
            if (!request_.targets.empty()) targets = named(known, own.targets ? &targets : nullptr);
            for (Target& target : targets) add_query(std::move(target), id, settings);
        }
        if (queries_.empty()) throw Error{"no build is for these targets", {}, ExitCode::usage};
    }

    // The targets of the command line; of a build with its own only those that it has too.
    std::vector<Target> named(const std::vector<Platform>& known,
                              const std::vector<Target>* among) const {
        std::vector<Target> targets = expand_targets(request_.targets, known);
        if (among != nullptr)
            std::erase_if(targets, [&](const Target& target) {
                return std::find(among->begin(), among->end(), target) == among->end();
            });
        return targets;
    }

    void add_query(Target target, const std::string& id, BuildSettings settings) {
        for (const auto& [pattern, own] : request_.table.targets)
            if (matches(pattern, target)) settings.apply(own);
        settings.apply(request_.flags);
        Query query{.target = std::move(target),
                    .build = id,
                    .settings = std::move(settings),
                    .environment = plan_.environment};
        query.environment.set("GOOS", query.target.platform.os);
        query.environment.set("GOARCH", query.target.platform.arch);
        if (!query.target.variant.empty())
            query.environment.set(query.target.variant_setting(), query.target.variant);
        for (const auto& [name, value] : query.settings.environment)
            query.environment.set(name, value);
        queries_.push_back(std::move(query));
    }

    void ask_go() {
        base::for_each_parallel(queries_.size(), std::max(3U, std::thread::hardware_concurrency()),
                                [&](std::size_t index) {
                                    Query& query = queries_[index];
                                    try {
                                        query.found = found_for(query);
                                        plan_c_code(query);
                                    } catch (...) {
                                        query.failure = std::current_exception();
                                    }
                                });
        base::throw_if_interrupted();
        throw_if_all_are_misused();
    }

    // Where a package has C code alone, go knows nothing of it without cgo.
    Preflight found_for(Query& query) const {
        try {
            return preflight(package_query(query), memory_of(query));
        } catch (const Error&) {
            if (query.settings.c.cgo == Cgo::off) throw;
            query.environment.set("CGO_ENABLED", "1");
            return preflight(package_query(query), memory_of(query));
        }
    }

    // With cgo other files count, so that go is asked again.
    void plan_c_code(Query& query) const {
        query.c = plan_c({query.target, query.settings.c, request_.goroot, request_.go_version},
                         query.found.c_code, request_.directory, request_.compilers);
        add_c_environment(query.c, request_.directory, query.environment);
        if (query.c.toolchain) add_c_flags(*query.c.toolchain, query.settings);
        if (query.c.enabled)
            query.found.packages = preflight(package_query(query), memory_of(query)).packages;
    }

    PackageQuery package_query(const Query& query) const {
        return {request_.goroot, request_.directory, packages_of(query),
                query.settings.tags.value_or(std::vector<std::string>{}), query.environment};
    }

    // Where go's answer to `query` is kept.
    std::filesystem::path memory_of(const Query& query) const {
        if (request_.kept.empty()) return {};
        std::string name =
            query.build + "." + query.target.str() + (query.c.enabled ? ".cgo.list" : ".list");
        std::replace(name.begin(), name.end(), '/', '-');
        return request_.kept / name;
    }

    static std::vector<std::string> packages_of(const Query& query) {
        return query.settings.packages.value_or(std::vector<std::string>{"."});
    }

    // What is wrong with the request itself is one error, not one a target.
    void throw_if_all_are_misused() const {
        for (const Query& query : queries_) {
            if (!query.failure) return;
            try {
                std::rethrow_exception(query.failure);
            } catch (const std::exception& error) {
                if (base::exit_code_of(error) != ExitCode::usage) return;
            }
        }
        std::rethrow_exception(queries_.front().failure);
    }

    void add_steps(Query& query) {
        if (query.failure) {
            Step step = bare_step(query);
            step.failure = query.failure;
            plan_.steps.push_back(std::move(step));
            return;
        }
        const auto patterns = packages_of(query);
        for (MainPackage& package : query.found.packages) {
            Step step = bare_step(query);
            step.package = std::move(package);
            // What was named by files has no path that names it.
            const bool by_path = query.found.packages.size() > 1 || patterns.size() > 1 ||
                                 patterns[0].find("...") != std::string::npos;
            step.pattern = by_path ? step.package.import_path : patterns[0];
            const std::string name = query.settings.binary.value_or(step.package.program_name());
            const std::string file = query.settings.name.value_or(std::string{default_name()});
            step.file = expand_template(
                file, [&](std::string_view word) { return value_for(step, name, word); });
            check_name(step.file);
            if (step.target.platform.os == "darwin")
                step.universal_file = expand_template(file, [&](std::string_view word) {
                    if (word == "arch") return std::string{"all"};
                    return value_for(step, name, word);
                });
            step.wanted.package = step.package.import_path;
            step.arguments =
                go_arguments(query.settings, stamp_.flag, variables_of(query.settings, step));
            plan_.steps.push_back(std::move(step));
        }
    }

    Step bare_step(const Query& query) const {
        Step step{.target = query.target,
                  .build = query.build,
                  .package = {},
                  .arguments = {},
                  .pattern = {},
                  .environment = query.environment,
                  .file = {},
                  .universal_file = {},
                  .wanted = {.os = query.target.platform.os,
                             .arch = query.target.platform.arch,
                             .go_version = request_.go_version.name(),
                             .cgo = query.c.enabled},
                  .unset_variables = {},
                  .c = query.c,
                  .with_c_code = query.found.c_code.packages,
                  .failure = {}};
        if (!stamp_.commit_time.empty())
            step.environment.set("SOURCE_DATE_EPOCH", stamp_.commit_time);
        if (!query.target.variant.empty())
            step.wanted.settings.emplace_back(query.target.variant_setting(), query.target.variant);
        return step;
    }

    std::string value_for(const Step& step, const std::string& name, std::string_view word) const {
        if (word == "name") return name;
        if (word == "os") return step.target.platform.os;
        if (word == "arch") return step.target.platform.arch;
        if (word == "variant") return step.target.variant_name();
        if (word == "ext") return std::string{program_extension(step.target.platform)};
        if (word == "id") return step.build;
        return plan_.facts.value_of(word);
    }

    static void check_name(const std::string& name) {
        if (name.empty() || name.starts_with('.') || name.find('/') != std::string::npos)
            throw Error{base::format("{} is no name for an artifact", base::printable(name)),
                        "a name has no slash and does not start with a dot", ExitCode::usage};
    }

    // What the linker is told to set: what is there to be set.
    std::vector<std::pair<std::string, std::string>> variables_of(const BuildSettings& settings,
                                                                  Step& step) const {
        std::map<std::string, std::string> wanted;
        if (request_.version || request_.table.version)
            wanted.emplace("main.version", plan_.facts.version);
        for (const auto& [name, value] : settings.variables)
            wanted.insert_or_assign(name, expand_template(value, [&](std::string_view word) {
                                        return value_for(step, step.package.program_name(), word);
                                    }));
        std::vector<std::pair<std::string, std::string>> variables;
        for (auto& [name, value] : wanted) {
            const bool is_there =
                !name.starts_with("main.") || has_string_variable(step.package, name.substr(5));
            if (is_there)
                variables.emplace_back(name, std::move(value));
            else
                step.unset_variables.push_back(name);
        }
        return variables;
    }

    void refuse_equal_names() const {
        std::map<std::string, const Step*> seen;
        for (const Step& step : plan_.steps) {
            if (step.file.empty()) continue;
            if (!seen.emplace(step.file, &step).second)
                throw Error{
                    base::format("two artifacts would be called {}", base::printable(step.file)),
                    "a name of [cross] needs {id}, {name}, {os}, {arch} and {variant}, as "
                    "far as they differ",
                    ExitCode::usage};
        }
    }

    const PlanRequest& request_;
    Plan plan_;
    VcsStamp stamp_;
    std::vector<Query> queries_;
};

}  // namespace

std::string_view default_name() noexcept {
    return "{name}-{os}-{arch}{variant}{ext}";
}

Plan make_plan(const PlanRequest& request) {
    return Planner{request}.make();
}

}  // namespace gov::cross
