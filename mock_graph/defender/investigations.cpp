#include "mock_graph/defender/investigations.hpp"

#include "mock_graph/defender/evidence.hpp"

#include <algorithm>

namespace mock_graph::defender {
namespace {

/// Start to proposed remediation, as in the one dated record (08:33:58 to 08:37:47).
constexpr auto time_to_proposal = std::chrono::seconds{229};

} // namespace

void investigations::on_alert(const alert& what, alert_change change) {
  if (change != alert_change::raised || what.where == tenant::workload::teams) {
    return;
  }
  auto& time = book_.owner().later();
  const auto start = what.updated + book_.owner().state().delays.investigation;
  time.at(start, [this, id = what.id()](seams::instant at) {
    auto& found = *book_.find_alert(id);
    auto added = std::vector<nlohmann::ordered_json>();
    if (const auto messages = messages_with(found.url); !messages.empty()) {
      added.push_back(evidence::mail_cluster(found.url, messages, at));
    }
    book_.investigate(at, found, "running", std::move(added));
  });
  time.at(start + time_to_proposal, [this, id = what.id()](seams::instant at) {
    book_.investigate(at, *book_.find_alert(id), "pendingApproval", {});
  });
}

auto investigations::messages_with(const std::string& url) const -> std::vector<std::string> {
  auto out = std::vector<std::string>();
  for (const auto* mail : mails_) {
    if (std::ranges::find(mail->what.urls, url) != mail->what.urls.end()) {
      out.push_back(mail->network_message_id);
    }
  }
  return out;
}

} // namespace mock_graph::defender
