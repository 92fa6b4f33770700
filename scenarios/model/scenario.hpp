#pragma once
// A scenario as read from its file: what the tenant is, what happens, what must come of it.
#include "core/actions/action_table.hpp"
#include "core/config.hpp"
#include "core/safe_links/commands.hpp"
#include "core/toml_reading/diagnostic.hpp"
#include "mock_graph/faults/fault.hpp"
#include "mock_graph/login/keys.hpp"
#include "mock_graph/tenant/events.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::model {

using core::toml_reading::diagnostic;
using core::toml_reading::position;
using core::toml_reading::to_text;

/// How one feed is to be read; what is absent comes from the connector's own table.
struct feed_plan {
  std::string name;
  std::optional<seams::duration> period;
  std::optional<seams::duration> overlap;
  std::optional<seams::duration> first_look_back;
};

/// How the connector is configured from some moment on; each one is complete.
struct credential {
  seams::instant at;
  std::string secret;      ///< as pasted, right or wrong
  std::string certificate; ///< name of an [[app.certificate]], used in place of the secret
  std::string cloud;       ///< a name of the connector's cloud table
  std::string tenant_id;
  std::string client_id;
  std::map<core::workload, std::string> audiences; ///< where tokens are asked for something else
};

/// How client assertions are written.
struct assertion_plan {
  bool rs256 = false;
  bool padded = false;
};

/// From then on the connector's clock shows that much more than the time.
struct clock_skew {
  seams::instant at;
  seams::duration by{};
};

/// When the connector dies. Exactly one of `at`, `port` and `everywhere` is meant.
struct kill {
  std::optional<seams::instant> at;
  std::string port; ///< "exchange", "commit", "sleep", "disk_write", "disk_sync"
  bool after = false;
  std::uint64_t call = 1;
  bool everywhere = false;
  seams::duration down_for{};
  std::string damage;                   ///< "truncated", "zeroed", "flipped", or ""
  std::optional<seams::instant> backup; ///< when the copy was taken that is put back then
};

struct condition {
  std::string
      path; ///< dotted; a name with dots of its own is tried first; arrays match any element
  nlohmann::json value; ///< a text that starts with '~' means: contains the rest
};

/// A response action that is to be taken; what is absent comes from the core.
struct planned_action {
  core::actions::parameter_list parameters; ///< targets and what else it takes
  std::vector<std::string> mails;           ///< whose Message-IDs are parameters too
  std::vector<condition> of_case;           ///< of `case_act`: which one
  std::optional<std::size_t> most_users;
  std::optional<std::size_t> most_mailboxes;
  std::optional<seams::duration> wait;
  bool again = false;
};

/// An operation that the core carries out in the tenant, as the command line would.
struct planned_act {
  seams::instant at;
  std::string run;                               ///< "safelinks policy update", "act disable_user"
  std::string name;                              ///< of a policy or rule, or ""
  nlohmann::json set = nlohmann::json::object(); ///< values by option of the command line
  planned_action action;                         ///< of those that begin with `action_prefix`
  bool what_if = false;
  std::string origin; ///< file:line
};

inline constexpr auto posture_act = std::string_view("safelinks posture");
inline constexpr auto reconcile_act = std::string_view("safelinks reconcile");
inline constexpr auto action_prefix = std::string_view("act ");
inline constexpr auto case_act = std::string_view("act case");     ///< what triage recommends
inline constexpr auto resume_act = std::string_view("act resume"); ///< goes on with the last one

/// What an act asks of Safe Links: a command of ours, or one of XSOAR with its old arguments. Fails
/// with a sentence. Of `reconcile_act` it is the report. Neither for `posture_act`, which is no
/// command on one object, nor for actions.
auto request_of(const planned_act& what) -> seams::result<core::safe_links::request>;

enum class subject {
  alerts,
  incidents,
  records,
  clicks,
  cases,
  health,
  requests,
  gap,
  acts,
  effects
};

struct expectation {
  subject what = subject::records;
  std::int64_t at_least = 0;
  std::optional<std::int64_t> at_most;
  std::string feed;
  std::vector<condition> where;
  std::string state;
  std::string code;
  std::string says; ///< what the text of a health line must hold
  std::string route;
  std::string url; ///< part of the URL
  std::optional<seams::instant> from;
  std::optional<seams::instant> by; ///< `within` of an event is resolved into this
  std::string why;
  std::string text;   ///< how a report names it
  std::string origin; ///< file:line
};

/// What is true of a case, which its triage can only guess.
enum class truth { attack, harmless, undecidable };

/// The truth of some cases, and how soon triage must have come to it.
struct label {
  truth what = truth::attack;
  std::vector<condition> where; ///< of which cases; of all if empty
  std::optional<seams::duration> within;
  std::string text;   ///< how a report names it
  std::string origin; ///< file:line
};

/// A promise that this scenario breaks on purpose, and what its failure must name.
struct expected_failure {
  std::string promise;
  std::vector<std::string> names;
};

struct scenario {
  std::string name;
  std::string file;
  std::string about;
  std::optional<seams::duration> run_for;
  std::optional<std::uint64_t> seed;
  mock_graph::tenant::standing standing;
  std::vector<mock_graph::tenant::event> events;
  std::vector<mock_graph::faults::fault> faults;
  std::vector<feed_plan> feeds;
  std::optional<seams::duration> answer_limit;
  std::vector<std::string> subscriptions; ///< of Azure, for the connector to read
  std::vector<credential> credentials;    ///< in order of time, the first at or before the start
  assertion_plan assertion;
  std::vector<clock_skew> skews; ///< in order of time
  std::vector<kill> kills;
  std::vector<planned_act> acts; ///< in order of time
  bool grants_needed = true;     ///< the app holds what its feeds and actions need
  bool sweeps_roles = false;     ///< run once more per granted role, without it
  std::vector<expectation> expectations;
  std::vector<label> labels;
  std::optional<expected_failure> must_fail;
};

/// `what` is absent exactly when `wrong` is not empty.
struct loaded {
  std::optional<scenario> what;
  std::vector<diagnostic> wrong;
};

/// Reads and checks a scenario file. All that is wrong is reported, each with its place; a syntax
/// error of TOML is reported alone. A file that cannot be read is a diagnostic at 1:1. With `start`
/// the scenario is laid there, whatever the file says.
auto load(const std::string& path, std::optional<seams::instant> start = {}) -> loaded;

/// The same for text in hand; `[[records]]` files are found relative to `path`.
auto load_text(const std::string& text,
               const std::string& path,
               std::optional<seams::instant> start = {}) -> loaded;

/// The private key of an [[app.certificate]]: no secret, it follows from the name.
auto certificate_key(const std::string& name) -> mock_graph::login::signing_key;

/// Every table and key that scenario files may hold, as "table.key" ("" for the top level).
auto known_keys() -> std::vector<std::string>;

} // namespace scenarios::model
