#pragma once
// The work of `connect`, `check`, `permissions`, `records`, `triage` and `safelinks`.
#include "cli/arguments.hpp"
#include "cli/live/options.hpp"
#include "core/live/settings.hpp"

#include <atomic>
#include <iosfwd>

namespace cli {

/// Runs the connector that `config` describes until `interrupted`. Gives exit_held when it was
/// stopped, exit_usage for a config that is wrong, exit_environment when a file, a secret or the
/// store cannot be had or takes no more.
auto connect(const std::string& config,
             std::ostream& out,
             std::ostream& err,
             const environment& env,
             const std::atomic<bool>& interrupted) -> int;

/// Prints how each feed of the config would fare. Gives exit_held if all are well, exit_failed if
/// not, exit_usage and exit_environment as `connect` does.
auto check_tenant(const check_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const environment& env) -> int;

/// Prints what the enabled feeds need, what the app's tokens grant, and what is wrong between them.
/// Gives exit_held if nothing is missing, else exit_failed; exit_environment also when the login
/// gives no token.
auto review_permissions(const permissions_options& options,
                        std::ostream& out,
                        std::ostream& err,
                        const environment& env) -> int;

/// Prints the records of a store that fit, one by one as they are read. Gives exit_held, also if
/// none fits, or exit_environment for a store that cannot be read.
auto list_records(const records_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const std::atomic<bool>& interrupted) -> int;

/// Prints the cases that the records of a store make: the queue, or one case. Gives exit_held, also
/// if there is none; exit_usage for rules that are wrong and for a case that does not exist;
/// exit_environment for a store or a file that cannot be read.
auto triage_store(const triage_options& options,
                  std::ostream& out,
                  std::ostream& err,
                  const std::atomic<bool>& interrupted) -> int;

/// Shows or takes an action in the tenant. Gives exit_held if all is as wanted, exit_failed if
/// something was refused, failed or is not at its end, exit_usage and exit_environment as `connect`
/// does, exit_interrupted.
auto act_in_tenant(const act_arguments& options,
                   std::ostream& out,
                   std::ostream& err,
                   const environment& env,
                   const std::atomic<bool>& interrupted) -> int;

/// Carries out what was asked of Safe Links, or shows what would be sent. Gives exit_held;
/// exit_failed if Exchange or a permission refuses, or the posture is not as asked; exit_usage for
/// a config that is wrong; exit_environment when a file, the secret, a token or an answer cannot be
/// had; exit_interrupted.
auto manage_safelinks(const safelinks_options& options,
                      std::ostream& out,
                      std::ostream& err,
                      const environment& env,
                      const std::atomic<bool>& interrupted) -> int;

/// The config, or nothing after its diagnostics went to `err`.
auto settings_or_complain(const std::string& config, std::ostream& err)
    -> std::optional<core::live::settings>;

} // namespace cli
