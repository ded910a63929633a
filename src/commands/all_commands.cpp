// SPDX-License-Identifier: Apache-2.0
#include "commands/all_commands.hpp"

#include <array>

namespace gov::commands {

namespace {

// Sorted by name; a unit test sees to it.
// clang-format off
constexpr std::array all{
    &adopt_command,
    &allow_command,
    &cache_helper_command,
    &cache_pull_command,
    &cache_push_command,
    &cache_stats_command,
    &complete_command,
    &cross_build_command,
    &cross_cc_command,
    &cross_clean_command,
    &cross_diff_command,
    &cross_doctor_command,
    &cross_explain_command,
    &cross_hold_command,
    &cross_init_command,
    &cross_inspect_command,
    &cross_matrix_command,
    &cross_plan_command,
    &cross_run_command,
    &cross_supervise_command,
    &cross_targets_command,
    &cross_test_command,
    &cross_verify_command,
    &current_command,
    &default_command,
    &deny_command,
    &doctor_command,
    &env_command,
    &exec_command,
    &export_command,
    &goroot_command,
    &hook_command,
    &import_command,
    &init_command,
    &install_command,
    &link_command,
    &list_command,
    &lock_command,
    &outdated_command,
    &prune_command,
    &read_archive_command,
    &run_command,
    &setup_command,
    &shell_command,
    &shims_install_command,
    &shims_uninstall_command,
    &status_command,
    &tools_add_command,
    &tools_install_command,
    &tools_list_command,
    &tools_upgrade_command,
    &trust_list_command,
    &trust_prune_command,
    &uninstall_command,
    &unlink_command,
    &upgrade_command,
    &use_command,
    &verify_command,
    &vscode_command,
    &which_command,
};
// clang-format on

}  // namespace

std::span<const Command* const> all_commands() {
    return all;
}

}  // namespace gov::commands
