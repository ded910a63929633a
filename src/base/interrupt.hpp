// SPDX-License-Identifier: Apache-2.0
#pragma once
// Interruption by a signal, turned into an error at the next safe point.

namespace gov::base {

// From now on SIGINT, SIGTERM and SIGHUP only set a flag.
void catch_interrupts();

// Whether one has come since.
bool interrupted() noexcept;

// The last one; 0 if none has come.
int interrupting_signal() noexcept;

// Throws Error (ExitCode::interrupted) if one has come.
void throw_if_interrupted();

}  // namespace gov::base
