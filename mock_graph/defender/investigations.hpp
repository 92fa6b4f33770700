#pragma once
// Automated investigation: starts by itself on click alerts in mail, never on those in Teams.
#include "mock_graph/defender/alert_book.hpp"

namespace mock_graph::defender {

/// After an alert: running, with the cluster of messages that carry the URL as new evidence, then
/// waiting for approval of its proposed clean-up (graph-security sheet, 3.2).
class investigations final : public alert_listener, public tenant::listener {
public:
  explicit investigations(alert_book& book) : book_(book) {}

  void on(const tenant::mail_fact& mail) override { mails_.push_back(&mail); }
  void on_alert(const alert& what, alert_change change) override;

private:
  [[nodiscard]] auto messages_with(const std::string& url) const -> std::vector<std::string>;

  alert_book& book_;
  std::vector<const tenant::mail_fact*> mails_;
};

} // namespace mock_graph::defender
