#pragma once
// Messages as Graph prints them.
#include "mock_graph/mailboxes/mail_store.hpp"
#include "mock_graph/odata/schema.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::mailboxes {

/// microsoft.graph.message, with `@odata.etag`; bodies are the links that the scenario gave.
/// Source: learn.microsoft.com/graph/api/resources/message.
auto message_document(const mail_store& store,
                      const tenant::user& owner,
                      const stored_message& what,
                      bool immutable_ids) -> nlohmann::ordered_json;

/// What `$filter`, `$orderby` and `$select` may name.
auto message_schema() -> const odata::entity_schema&;

} // namespace mock_graph::mailboxes
