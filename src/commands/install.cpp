// SPDX-License-Identifier: Apache-2.0
#include "activation/selection.hpp"
#include "base/format.hpp"
#include "base/interrupt.hpp"
#include "base/json.hpp"
#include "commands/all_commands.hpp"
#include "commands/progress.hpp"
#include "download/installer.hpp"
#include "download/workers.hpp"
#include "store/workspace.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include <sys/stat.h>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;
using toolchain::GoVersion;

constexpr std::array options{json_option};

// How one of the releases fared.
struct Outcome {
    std::optional<download::Installed> installed;
    std::exception_ptr failure;
};

class ProgressListener : public download::Listener {
public:
    ProgressListener(Progress& progress, std::size_t line, const GoVersion& version,
                     base::Output& output)
        : progress_{progress}, line_{line}, version_{version}, output_{output} {}

    void waiting() override {
        progress_.set_text(line_, "waiting for another gov");
        if (!output_.shows_progress())
            output_.note(
                base::format("waiting for another gov to finish with {}", version_.name()));
    }
    void asking_log() override { progress_.set_text(line_, "asking the checksum database"); }
    void downloading(std::uint64_t received, std::uint64_t total) override {
        progress_.set_bytes(line_, received, total);
    }
    void unpacking(double share) override { progress_.set_share(line_, "unpacking", share); }

private:
    Progress& progress_;
    std::size_t line_;
    const GoVersion& version_;
    base::Output& output_;
};

// What to install: the versions named, or else what the directory asks for.
std::vector<GoVersion> wanted(const Invocation& invocation, const store::Places& places) {
    std::vector<GoVersion> versions;
    for (const std::string& word : invocation.arguments.words) {
        GoVersion version = GoVersion::require(word);
        if (std::ranges::find(versions, version) == versions.end())
            versions.push_back(std::move(version));
    }
    if (!versions.empty()) return versions;
    const auto selection = activation::select(invocation.directory, invocation.environment, places);
    if (!selection)
        throw base::Error{"no version was named, and nothing here pins one",
                          "name one: gov install 1.22.6", ExitCode::no_release};
    return {selection->version};
}

std::vector<Outcome> install_all(const download::Settings& settings,
                                 const std::vector<GoVersion>& versions, base::Output& output) {
    std::vector<std::string> names;
    for (const GoVersion& version : versions) names.push_back(version.name());
    Progress progress{output, names};
    std::vector<Outcome> outcomes(versions.size());
    std::atomic<std::size_t> next = 0;
    download::on_threads(std::min<std::size_t>(versions.size(), 4), [&] {
        for (std::size_t i = next++; i < versions.size(); i = next++) {
            ProgressListener listener{progress, i, versions[i], output};
            try {
                outcomes[i].installed = download::install(settings, versions[i], listener);
                progress.set_text(i, "done");
            } catch (const std::exception& error) {
                outcomes[i].failure = std::current_exception();
                progress.set_text(i, "failed");
            }
        }
    });
    return outcomes;
}

std::string proof_of(const store::Receipt& receipt) {
    if (receipt.proof)
        return base::format("proved by {} (record {})", receipt.proof->database,
                            receipt.proof->record_id);
    return "checked against the index's SHA-256; the checksum database does not cover it";
}

void say(const download::Installed& installed, const store::Places& places, base::Output& output) {
    const store::Receipt& receipt = installed.receipt;
    if (installed.origin == download::Origin::was_there) {
        output.note(base::format("{} is installed already", receipt.version.name()));
    } else if (installed.origin == download::Origin::trash) {
        output.note(base::format("{} was still in the trash; taken back, verified, {}",
                                 receipt.version.name(), proof_of(receipt)));
    } else {
        std::string others;
        for (const std::string& reason : installed.passed_over) others += "; not from " + reason;
        output.note(base::format("{} came from {} ({}), {}{}", receipt.version.name(),
                                 receipt.source, receipt.url, proof_of(receipt), others));
    }
    output.result(base::format("{}\n", places.goroot(receipt.version).native()));
}

Json to_json(const download::Installed& installed, const store::Places& places) {
    const store::Receipt& receipt = installed.receipt;
    Json::Array passed_over;
    for (const std::string& reason : installed.passed_over) passed_over.emplace_back(reason);
    return Json::Object{{"version", receipt.version.name()},
                        {"goroot", places.goroot(receipt.version).native()},
                        {"installed_before", installed.origin == download::Origin::was_there},
                        {"source", receipt.source},
                        {"url", receipt.url},
                        {"h1", receipt.h1},
                        {"proved_by", receipt.proved_by},
                        {"passed_over", std::move(passed_over)}};
}

// Reports what failed; the exit code is that of the first failure.
ExitCode report_failures(const std::vector<Outcome>& outcomes, base::Output& output) {
    ExitCode code = ExitCode::done;
    for (const Outcome& outcome : outcomes) {
        if (!outcome.failure) continue;
        try {
            std::rethrow_exception(outcome.failure);
        } catch (const std::exception& error) {
            if (code == ExitCode::done) code = base::exit_code_of(error);
            output.error(error);
        }
    }
    return code;
}

ExitCode run(const Invocation& invocation) {
    const store::Places places = store::Places::of(invocation.environment);
    const std::vector<GoVersion> versions = wanted(invocation, places);
    base::catch_interrupts();
    ::umask(022);  // a toolchain's modes are the release's, whatever the user's mask
    store::clean_up(places);
    const download::Settings settings = download::Settings::of(invocation.environment, places);
    const std::vector<Outcome> outcomes = install_all(settings, versions, invocation.output);
    Json::Array list;
    for (const Outcome& outcome : outcomes) {
        if (!outcome.installed) continue;
        if (invocation.arguments.has("json"))
            list.push_back(to_json(*outcome.installed, places));
        else
            say(*outcome.installed, places, invocation.output);
    }
    if (invocation.arguments.has("json")) invocation.output.result(Json{std::move(list)}.write());
    return report_failures(outcomes, invocation.output);
}

}  // namespace

constinit const Command install_command{
    .name = "install",
    .summary = "install releases of Go, proved by the checksum database",
    .words = "[VERSION]...",
    .most_words = any_number,
    .completes = WordKind::release,
    .options = options,
    .help =
        "Versions are written 1.22.6 or go1.22.6; without one, the release that this\n"
        "directory pins is installed. Prints the GOROOT of each. Sources are asked in\n"
        "the order of GOV_SOURCES (download,proxy): the download site or its mirror\n"
        "GOV_MIRROR, then the module proxies of GOPROXY.",
    .run = run,
};

}  // namespace gov::commands
