// SPDX-License-Identifier: Apache-2.0
#include "commands/cross_build_options.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/packer.hpp"

#include <charconv>

namespace gov::commands {

namespace {

using base::Error;
using base::ExitCode;

void take_jobs(std::string_view text, cross::BuildOptions& built) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), built.jobs);
    if (problem != std::errc{} || end != text.data() + text.size() || built.jobs == 0)
        throw Error{base::format("--jobs {}: not a number from 1", base::printable(text)),
                    {},
                    ExitCode::usage};
}

std::filesystem::path packer_of(std::string_view kind, const base::Environment& environment) {
    if (kind != "upx")
        throw Error{base::format("pack {}: upx is what gov knows", base::printable(kind)),
                    {},
                    ExitCode::usage};
    return cross::find_upx(environment.get("PATH").value_or(""));
}

cross::Packing packing_of(std::string_view kind) {
    if (kind == "tar.gz") return cross::Packing::tar_gz;
    if (kind == "zip") return cross::Packing::zip;
    if (kind == "auto") return cross::Packing::by_system;
    throw Error{base::format("archive {}: not tar.gz, zip or auto", base::printable(kind)),
                {},
                ExitCode::usage};
}

cross::Bill bill_of(std::string_view kind) {
    if (kind == "cyclonedx") return cross::Bill::cyclonedx;
    if (kind == "spdx") return cross::Bill::spdx;
    throw Error{
        base::format("sbom {}: not cyclonedx or spdx", base::printable(kind)), {}, ExitCode::usage};
}

// What the command line says, else what the table says.
std::optional<std::string_view> option_or(std::optional<std::string_view> option,
                                          const std::optional<std::string>& of_table) {
    if (!option && of_table) option = *of_table;
    return option;
}

}  // namespace

cross::BuildOptions build_options(const Invocation& invocation, const CrossRequest& request) {
    const Arguments& arguments = invocation.arguments;
    cross::BuildOptions built{.goroot = request.plan.goroot,
                              .directory = request.plan.directory,
                              .output = request.output};
    const cross::CrossTable& table = request.plan.table;
    built.universal = table.universal || arguments.has("universal");
    built.fails_fast = arguments.has("fail-fast");
    built.policy = table.policy;
    built.hooks = table.hooks;
    built.hook_environment = cross::hook_environment(request.plan.environment, request.entries,
                                                     table.settings.environment);
    built.jobs = table.jobs.value_or(0);
    built.timeout = table.timeout.value_or(built.timeout);
    if (const auto kind = option_or(arguments.value("pack"), table.packer))
        built.upx = packer_of(*kind, invocation.environment);
    if (const auto jobs = arguments.value("jobs")) take_jobs(*jobs, built);
    if (const auto text = arguments.value("timeout")) {
        const auto limit = cross::parse_duration(*text);
        if (!limit)
            throw Error{base::format("--timeout {}: not a time", base::printable(*text)),
                        "as in 90s, 10m or 1h", ExitCode::usage};
        built.timeout = *limit;
    }
    return built;
}

cross::ReleaseOptions release_options(const Invocation& invocation, const CrossRequest& request) {
    const Arguments& arguments = invocation.arguments;
    cross::ReleaseOptions release;
    const cross::CrossTable& table = request.plan.table;
    if (const auto kind = option_or(arguments.value("archive"), table.archive))
        release.packing = packing_of(*kind);
    for (const auto& [name, value] : arguments.options)
        if (name == "sbom") release.bills.push_back(bill_of(value));
    if (release.bills.empty())
        for (const std::string& kind : table.bills) release.bills.push_back(bill_of(kind));
    release.provenance = arguments.has("provenance") || table.provenance;
    if (const auto how = option_or(arguments.value("sign"), table.signer))
        release.signer = cross::parse_signer(*how);
    release.environment = invocation.environment;
    release.go_version = request.plan.go_version.name();
    return release;
}

}  // namespace gov::commands
