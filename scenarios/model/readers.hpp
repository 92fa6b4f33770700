#pragma once
// The readers of the parts of a scenario file, one per theme.
#include "scenarios/model/reading.hpp"
#include "scenarios/model/scenario.hpp"

namespace scenarios::model {

/// [tenant], [[user]], [[group]], [[device]], [[safe_links_policy]].
void read_tenant(table_reader& top, scenario& out);
/// [app], [connector], [[credential]]; after `read_tenant`.
void read_connector(table_reader& top, scenario& out);
/// Mails, messages, clicks, verdicts and all else that happens; after `read_tenant`.
void read_events(table_reader& top, scenario& out);
/// [[records]]: exact bytes from files, as events.
void read_records(table_reader& top, scenario& out);
/// [[fault]], [kill] and [sweep].
void read_troubles(table_reader& top, scenario& out);
/// [[expect]] and [expect_failure]; after `read_events`, whose ids they name.
void read_expectations(table_reader& top, scenario& out);

/// The threat words of scenario files.
auto threat_words() -> std::span<const std::string>;
auto threat_of(const std::string& word) -> mock_graph::tenant::threat;

/// The names that calls go by, and the prefixes that mean several.
auto routes() -> std::span<const std::string>;

} // namespace scenarios::model
