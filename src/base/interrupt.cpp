// SPDX-License-Identifier: Apache-2.0
#include "base/interrupt.hpp"

#include "base/error.hpp"

#include <csignal>

namespace gov::base {

namespace {

volatile std::sig_atomic_t caught = 0;  // the one thing a signal handler may write

extern "C" void note_signal(int signal) {
    caught = signal;
}

}  // namespace

void catch_interrupts() {
    struct sigaction action = {};
    action.sa_handler = note_signal;  // no SA_RESTART: a blocking call returns and the flag is seen
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

bool interrupted() noexcept {
    return caught != 0;
}

int interrupting_signal() noexcept {
    return caught;
}

void throw_if_interrupted() {
    if (interrupted()) throw Error{"interrupted", {}, ExitCode::interrupted};
}

}  // namespace gov::base
