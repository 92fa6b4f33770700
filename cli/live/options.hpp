#pragma once
// What the commands around a real connector were asked for.
#include "core/live/record_filter.hpp"
#include "core/safe_links/commands.hpp"
#include "core/seams/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

struct check_options {
  std::string config; ///< file
  seams::duration limit = std::chrono::seconds{60};
  bool json = false;
};

struct permissions_options {
  std::string config; ///< file
  std::string listed; ///< file with a guide's list, or ""
  bool json = false;
};

enum class record_format { table, ndjson, raw, ocsf };

/// What an export of OCSF events says where the records do not.
struct ocsf_options {
  std::string tenant;          ///< its id
  std::string cloud_partition; ///< "AzureCloud" and the like
  bool with_raw = false;       ///< adds the records themselves
};

struct normalize_options {
  std::string file;
  std::string feed;
  ocsf_options how;
};

struct records_options {
  std::string store; ///< file
  core::live::record_filter filter;
  /// Bounds that count back from now; resolved when the command runs.
  std::optional<seams::duration> since_ago;
  std::optional<seams::duration> until_ago;
  std::optional<std::uint64_t> limit;
  record_format format = record_format::table;
  ocsf_options ocsf;
  bool count = false;
};

struct act_arguments {
  // Exactly one of these.
  std::string name;
  std::string case_id;
  std::string resume; ///< id of an act
  bool list = false;
  bool log = false;

  std::string config; ///< file, "" for `list` alone
  std::vector<std::string> targets;
  std::vector<std::string> message_ids;
  std::vector<std::string> exclude_users;
  std::vector<std::string> internal_domains;
  std::string comment;
  std::string password_env;
  bool hiding = false;
  bool confirm = false;
  bool again = false;
  bool json = false;
  std::uint64_t most_users = 10;
  std::uint64_t most_mailboxes = 50;
  std::uint64_t wait_minutes = 15;
};

struct triage_options {
  std::string store;  ///< file
  std::string wanted; ///< id of a case, or "" for all
  std::string rules;  ///< file with other rules, or ""
  bool json = false;
  std::optional<ocsf_options> ocsf; ///< as OCSF findings instead
};

enum class safelinks_task { command, posture, reconcile };

struct safelinks_options {
  std::string config; ///< file
  safelinks_task task = safelinks_task::command;
  core::safe_links::request what; ///< of `reconcile`: the report, with the days that are asked of
  bool what_if = false;
  bool json = false;
};

} // namespace cli
