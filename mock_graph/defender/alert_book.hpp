#pragma once
// Every alert and incident of the tenant, and the moments at which they change.
#include "mock_graph/defender/alert.hpp"
#include "mock_graph/ledger/entity_log.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <deque>
#include <map>

namespace mock_graph::defender {

/// What changed in an alert, for the views that are not Graph's lists (hunting, audit).
enum class alert_change { raised, click_added, investigated, edited, moved };

class alert_listener {
public:
  virtual ~alert_listener() = default;
  /// `what` shows the state after the change; `what.updated` is its instant.
  virtual void on_alert(const alert& what, alert_change change) = 0;
};

/// Raises, extends and edits alerts and groups them into incidents: alerts that share a URL or a
/// message, in mail and Teams alike, belong to one incident.
class alert_book {
public:
  alert_book(tenant::tenant& owner, ledger& book);
  alert_book(const alert_book&) = delete;
  auto operator=(const alert_book&) -> alert_book& = delete;

  void add(alert_listener& who) { listeners_.push_back(&who); }

  /// One alert per kind, user and URL; a further click extends the one that is there.
  void raise(seams::instant at, alert_kind kind, const tenant::click_fact& click);
  /// Automated investigation moves on; `added` joins the evidence.
  void investigate(seams::instant at,
                   alert& what,
                   std::string state,
                   std::vector<nlohmann::ordered_json> added);

  /// An analyst's edit of the fields that PATCH accepts; unknown fields must not come here.
  void edit_alert(seams::instant at, alert& what, const std::map<std::string, std::string>& fields);
  void edit_incident(seams::instant at,
                     incident& what,
                     const std::map<std::string, std::string>& fields,
                     const std::string& by);

  /// `from` becomes `redirected` and its alerts move to `into` (learn.microsoft.com/graph/api/
  /// resources/security-incident, `redirectIncidentId`). Nothing if both are one.
  void merge(seams::instant at, incident& from, incident& into);

  auto find_alert(std::string_view id) -> alert*;
  auto find_incident(std::string_view id) -> incident*;
  /// Alerts that rest on a click or message of that scenario id; all if it is empty.
  auto about(const std::string& scenario_id) -> std::vector<alert*>;

  [[nodiscard]] auto alerts() const -> const entity_log& { return alert_log_; }
  [[nodiscard]] auto incidents() const -> const entity_log& { return incident_log_; }
  /// For records that a scenario gives word for word.
  auto alert_log() -> entity_log& { return alert_log_; }
  auto incident_log() -> entity_log& { return incident_log_; }
  auto owner() -> tenant::tenant& { return tenant_; }

private:
  void publish(alert& what, alert_change change);
  void publish(const incident& what);
  auto incident_for(const alert& what) -> incident&;
  void join_incident(alert& what);

  tenant::tenant& tenant_;
  entity_log alert_log_;
  entity_log incident_log_;
  std::deque<alert> alerts_;
  std::deque<incident> incidents_;
  std::map<std::string, alert*> by_subject_; ///< "kind user url"
  std::map<std::string, alert*, std::less<>> by_id_;
  std::map<std::string, incident*> by_link_; ///< URL, mail id or Teams message id
  std::vector<alert_listener*> listeners_;
};

} // namespace mock_graph::defender
