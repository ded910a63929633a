// SPDX-License-Identifier: Apache-2.0
#include "cache/serve.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "cache/crew.hpp"
#include "cache/disk_cache.hpp"
#include "cache/exchange.hpp"
#include "cache/go_messages.hpp"

#include <mutex>

namespace gov::cache {

namespace {

constexpr std::size_t most_readers = 16;
constexpr std::size_t most_writers = 8;

class Server {
public:
    Server(const Settings& settings, const Service& service)
        : settings_{settings},
          service_{service},
          disk_{settings.local},
          health_{settings},
          readers_{most_readers, settings, health_, statistics_},
          writers_{most_writers, settings, health_, statistics_} {}

    void run() {
        GoReader reader{service_.input};
        send(greeting());
        while (const auto request = reader.next()) {
            if (request->command == GoRequest::Command::close) return close(request->id);
            answer(*request, reader);
        }
        finish();
    }

private:
    void answer(const GoRequest& request, GoReader& reader) {
        switch (request.command) {
            case GoRequest::Command::get:
                return get(request);
            case GoRequest::Command::put:
                return put(request, reader.body(request));
            default:
                send(failed(request.id, "gov does not know this command"));
        }
    }

    void send(const std::string& message) {
        const std::lock_guard lock{sending_};
        base::write_all(service_.output, base::as_bytes(message), "an answer for the go command");
    }

    void get(const GoRequest& request) {
        ++statistics_.gets;
        if (const auto entry = disk_.find(request.action)) {
            ++statistics_.local_hits;
            return send(hit(request.id, *entry, disk_.body_file(entry->output)));
        }
        if (!health_.reads()) return send(miss(request.id));
        readers_.add([this, id = request.id, action = request.action,
                      waiting = std::make_unique<Health::Waiting>(health_)](Remote& remote) {
            const auto entry = fetch(action, remote, disk_, health_);
            if (entry) ++statistics_.remote_hits;
            send(entry ? hit(id, *entry, disk_.body_file(entry->output)) : miss(id));
        });
    }

    void put(const GoRequest& request, const std::string& body) {
        ++statistics_.puts;
        const Entry entry{request.output, body.size(), now_in_nanoseconds()};
        try {
            disk_.put(request.action, entry, base::as_bytes(body));
        } catch (const std::exception& error) {
            return send(failed(request.id, base::full_message(error)));
        }
        send(stored(request.id, disk_.body_file(entry.output)));
        if (!health_.writes() || entry.size > largest_body) return;
        writers_.add([this, action = request.action, entry](Remote& remote) {
            upload(action, entry, remote, disk_, health_);
        });
    }

    void close(std::int64_t id) {
        finish();
        send(closed(id));
    }

    // What is on its way up is waited for, but not for longer than for an answer.
    void finish() {
        const auto deadline = std::chrono::steady_clock::now() + settings_.timeout;
        statistics_.unsent = health_.writes() ? writers_.wait_until(deadline) : 0;
        std::string trouble = health_.trouble();
        health_.stop_writing();
        if (trouble.empty() && statistics_.unsent != 0)
            trouble = unsent_line(settings_, statistics_.unsent);
        if (!trouble.empty()) service_.note(trouble);
        if (settings_.mode != Mode::off) keep(settings_.folder, statistics_, trouble);
        if (!service_.report.empty()) report(service_.report, statistics_, trouble);
        disk_.trim();
    }

    const Settings& settings_;
    const Service& service_;
    const DiskCache disk_;
    Statistics statistics_;
    Health health_;
    std::mutex sending_;
    Crew readers_;  // last, so that their threads end first
    Crew writers_;
};

}  // namespace

void serve(const Settings& settings, const Service& service) {
    Server{settings, service}.run();
}

}  // namespace gov::cache
