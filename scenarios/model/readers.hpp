#pragma once
// The readers of the parts of a scenario file, one per theme.
#include "scenarios/model/reading.hpp"
#include "scenarios/model/scenario.hpp"

namespace scenarios::model {

/// [tenant], [[user]], [[group]], [[device]], [[safe_links_policy]].
void read_tenant(table_reader& top, scenario& out);
/// [[tenant_list_entry]]; after `read_tenant`.
void read_tenant_list(table_reader& top, scenario& out);
/// [app], [connector], [[credential]], [[clock_skew]]; after `read_tenant`.
void read_connector(table_reader& top, scenario& out);
/// What the connector is configured with at the start, where the scenario names it.
struct first_proof {
  std::optional<placed_text> secret;
  std::optional<placed_text> certificate;
};

/// [[credential]]; after the app is read.
void read_credentials(table_reader& top, const first_proof& first, scenario& out);
/// [[clock_skew]].
void read_clock_skews(table_reader& top, scenario& out);
/// The certificate of that name, in PEM: the same for the same arguments, on any machine.
auto certificate_of(const std::string& name, seams::instant from, seams::instant until)
    -> std::string;

/// Mails, messages, clicks, verdicts and all else that happens; after `read_tenant`.
void read_events(table_reader& top, scenario& out);
/// [[records]]: exact bytes from files, as events.
void read_records(table_reader& top, scenario& out);
/// [[act]]; after `read_events`, whose mails they name.
void read_operations(table_reader& top, scenario& out);
/// What `run` of an [[act]] can say of Safe Links, and of response actions.
auto safe_links_operations() -> std::vector<std::string>;
auto action_operations() -> std::vector<std::string>;
/// The keys of an [[act]] that belong to one of the two themes alone.
auto safe_links_keys() -> std::span<const std::string>;
auto action_keys() -> std::span<const std::string>;
/// One [[act]] whose `at`, `run` and `what_if` are known: the keys of each theme.
void read_safe_links_operation(table_reader& read, planned_act& out);
void read_action(table_reader& read, scenario& whole, planned_act& out);
/// [[fault]], [kill] and [sweep].
void read_troubles(table_reader& top, scenario& out);
/// [[expect]] and [expect_failure]; after `read_events`, whose ids they name.
void read_expectations(table_reader& top, scenario& out);
/// [[label]].
void read_labels(table_reader& top, scenario& out);
/// The key `where`: dotted paths and their values; nothing if it is absent.
auto read_conditions(table_reader& read) -> std::vector<condition>;
/// " with path = value" for each condition.
auto describe(const std::vector<condition>& where) -> std::string;

/// The threat words of scenario files.
auto threat_words() -> std::span<const std::string>;
auto threat_of(const std::string& word) -> mock_graph::tenant::threat;

/// The names that calls go by, and the prefixes that mean several.
auto routes() -> std::span<const std::string>;

} // namespace scenarios::model
