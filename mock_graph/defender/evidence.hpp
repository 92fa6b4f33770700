#pragma once
// Evidence objects of an alert, as JSON in Graph's v1.0 shape (microsoft.graph.security.*).
#include "mock_graph/tenant/facts.hpp"

#include <nlohmann/json.hpp>

namespace mock_graph::defender::evidence {

using json = nlohmann::ordered_json;

/// Who clicked. Verdict "suspicious": a person is not malicious.
auto user(const tenant::user& who, seams::instant added) -> json;
auto mailbox(const tenant::user& who, seams::instant added) -> json;
auto url(const std::string& address, seams::instant added) -> json;
auto ip(const std::string& address, seams::instant added) -> json;
/// One message for one recipient.
auto analyzed_message(const tenant::mail_fact& mail,
                      const tenant::user& recipient,
                      const std::string& threat,
                      seams::instant added) -> json;
/// What automated investigation finds: all messages with that URL.
auto mail_cluster(const std::string& clicked_url,
                  const std::vector<std::string>& network_message_ids,
                  seams::instant added) -> json;
auto teams_message(const tenant::teams_fact& message, seams::instant added) -> json;

} // namespace mock_graph::defender::evidence
