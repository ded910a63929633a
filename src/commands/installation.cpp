// SPDX-License-Identifier: Apache-2.0
#include "commands/installation.hpp"

#include "base/format.hpp"
#include "base/json.hpp"
#include "base/threads.hpp"
#include "commands/progress.hpp"
#include "download/admission.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

namespace gov::commands {

namespace {

using base::ExitCode;
using base::Json;

constexpr std::size_t most_at_once = 4;

// How one of the releases fared.
struct Outcome {
    std::optional<download::Installed> installed;
    std::exception_ptr failure;
};

class ProgressListener : public download::Listener {
public:
    ProgressListener(Progress& progress, std::size_t line, std::string_view name,
                     base::Output& output)
        : progress_{progress}, line_{line}, name_{name}, output_{output} {}

    void waiting() override {
        progress_.set_text(line_, "waiting for another gov");
        if (!output_.shows_progress())
            output_.note(base::format("waiting for another gov to finish with {}", name_));
    }
    void asking_log() override { progress_.set_text(line_, "asking the checksum database"); }
    void downloading(std::uint64_t received, std::uint64_t total) override {
        progress_.set_bytes(line_, received, total);
    }
    void building(const std::string& step) override {
        progress_.set_text(line_, step);
        if (!output_.shows_progress()) output_.note(base::format("{}: {}", name_, step));
    }
    void unpacking(double share) override { progress_.set_share(line_, "unpacking", share); }

private:
    Progress& progress_;
    std::size_t line_;
    std::string_view name_;
    base::Output& output_;
};

std::string proof_of(const store::Receipt& receipt) {
    if (receipt.proof)
        return base::format("proved by {} (record {})", receipt.proof->database,
                            receipt.proof->record_id);
    if (!receipt.is_proved()) return "NOT PROVED: installed with --insecure";
    if (receipt.proved_by == "sha256")
        return "checked against the SHA-256 given; the checksum database does not cover it";
    const bool is_logged =
        download::Target{receipt.version, receipt.platform, {}}.archive_is_logged();
    return base::format("checked against the index's SHA-256; the checksum database {}",
                        is_logged ? "was not asked, as config.toml has it (verify = \"index\")"
                                  : "does not cover it");
}

void say(const download::Installed& installed, const store::Places& places, base::Output& output) {
    const store::Receipt& receipt = installed.receipt;
    if (installed.origin == download::Origin::was_there) {
        output.note(base::format("{} is installed already{}", receipt.version.name(),
                                 receipt.is_proved() ? "" : ", and NOT PROVED: --insecure"));
    } else if (installed.origin == download::Origin::trash) {
        output.note(base::format("{} was still in the trash; taken back, verified, {}",
                                 receipt.version.name(), proof_of(receipt)));
    } else {
        std::string others;
        for (const std::string& reason : installed.passed_over) others += "; not from " + reason;
        const std::string from =
            receipt.source == "adopted" ? base::format("is a copy of {}", receipt.url)
            : receipt.source == "built"
                ? base::format("was built from {} with {}", receipt.url, receipt.built_with)
                : base::format("came from {} ({})", receipt.source, receipt.url);
        output.note(
            base::format("{} {}, {}{}", receipt.version.name(), from, proof_of(receipt), others));
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

std::vector<Outcome> install_all(
    base::Output& output, const std::vector<std::string>& names,
    const std::function<download::Installed(std::size_t, download::Listener&)>& install) {
    Progress progress{output, names};
    std::vector<Outcome> outcomes(names.size());
    std::atomic<std::size_t> next = 0;
    base::on_threads(std::min(names.size(), most_at_once), [&] {
        for (std::size_t i = next++; i < names.size(); i = next++) {
            ProgressListener listener{progress, i, names[i], output};
            try {
                outcomes[i].installed = install(i, listener);
                progress.set_text(i, "done");
            } catch (const std::exception&) {
                outcomes[i].failure = std::current_exception();
                progress.set_text(i, "failed");
            }
        }
    });
    return outcomes;
}

}  // namespace

ExitCode run_installations(
    const Invocation& invocation, const store::Places& places,
    const std::vector<std::string>& names,
    const std::function<download::Installed(std::size_t, download::Listener&)>& install) {
    const std::vector<Outcome> outcomes = install_all(invocation.output, names, install);
    const bool json = invocation.arguments.has("json");
    Json::Array list;
    for (const Outcome& outcome : outcomes) {
        if (!outcome.installed) continue;
        if (json)
            list.push_back(to_json(*outcome.installed, places));
        else
            say(*outcome.installed, places, invocation.output);
    }
    if (json) invocation.output.result(Json{std::move(list)}.write());
    return report_failures(outcomes, invocation.output);
}

}  // namespace gov::commands
