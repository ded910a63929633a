// SPDX-License-Identifier: Apache-2.0
#include "cross/running/test_build.hpp"

#include "base/text_lines.hpp"
#include "cross/preflight.hpp"

namespace gov::cross {

TestBuild plan_tests(const RunContext& context, const TestOptions& options) {
    BuildSettings settings = options.settings;
    if (needs_static(settings.c, context)) settings.c.is_static = true;
    TestBuild build{.environment = context.build_environment, .arguments = {}, .c = {}};
    const PackageQuery query{context.goroot, options.directory, options.packages,
                             settings.tags.value_or(std::vector<std::string>{}), build.environment};
    const bool may_have_c_code = settings.c.cgo.value_or(Cgo::automatic) != Cgo::off;
    build.c = plan_c({context.target, settings.c, context.goroot, context.go_version},
                     may_have_c_code ? c_code_of_tests(query) : CCode{}, context.directory,
                     options.compilers);
    add_c_environment(build.c, context.directory, build.environment);
    if (build.c.toolchain) {
        // Go's linker alone takes what the project says: it is about how C code is linked.
        if (!settings.ldflags) settings.ldflags.emplace();
        add_c_flags(*build.c.toolchain, settings);
        if (!settings.ldflags->empty())
            build.arguments.push_back("-ldflags=" + base::joined(*settings.ldflags, " "));
    }
    if (settings.tags && !settings.tags->empty())
        build.arguments.push_back("-tags=" + base::joined(*settings.tags, ","));
    return build;
}

bool needs_static(const CSettings& settings, const RunContext& context) {
    const bool says_itself = settings.glibc || settings.musl || settings.is_static;
    return !says_itself && runs_only_static(runner_query(context));
}

}  // namespace gov::cross
