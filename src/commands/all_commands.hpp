// SPDX-License-Identifier: Apache-2.0
#pragma once
// The commands, each defined in the file of its name.

#include "commands/command.hpp"

namespace gov::commands {

extern const Command adopt_command;
extern const Command allow_command;
extern const Command cache_helper_command;
extern const Command cache_pull_command;
extern const Command cache_push_command;
extern const Command cache_stats_command;
extern const Command complete_command;
extern const Command cross_build_command;
extern const Command cross_cc_command;
extern const Command cross_clean_command;
extern const Command cross_diff_command;
extern const Command cross_doctor_command;
extern const Command cross_explain_command;
extern const Command cross_hold_command;
extern const Command cross_init_command;
extern const Command cross_inspect_command;
extern const Command cross_matrix_command;
extern const Command cross_plan_command;
extern const Command cross_run_command;
extern const Command cross_supervise_command;
extern const Command cross_targets_command;
extern const Command cross_test_command;
extern const Command cross_verify_command;
extern const Command current_command;
extern const Command default_command;
extern const Command deny_command;
extern const Command doctor_command;
extern const Command env_command;
extern const Command exec_command;
extern const Command export_command;
extern const Command goroot_command;
extern const Command hook_command;
extern const Command import_command;
extern const Command init_command;
extern const Command install_command;
extern const Command link_command;
extern const Command list_command;
extern const Command lock_command;
extern const Command outdated_command;
extern const Command prune_command;
extern const Command read_archive_command;
extern const Command run_command;
extern const Command setup_command;
extern const Command shell_command;
extern const Command shims_install_command;
extern const Command shims_uninstall_command;
extern const Command status_command;
extern const Command tools_add_command;
extern const Command tools_install_command;
extern const Command tools_list_command;
extern const Command tools_upgrade_command;
extern const Command trust_list_command;
extern const Command trust_prune_command;
extern const Command uninstall_command;
extern const Command unlink_command;
extern const Command upgrade_command;
extern const Command use_command;
extern const Command verify_command;
extern const Command vscode_command;
extern const Command which_command;

}  // namespace gov::commands
