#pragma once
// The mock as a whole: one tenant, everything derived from it, and the APIs that show it.
#include "core/seams/clock.hpp"
#include "mock_graph/activity/activity_api.hpp"
#include "mock_graph/activity/audit_records.hpp"
#include "mock_graph/acts/performer.hpp"
#include "mock_graph/azure/activity_log_api.hpp"
#include "mock_graph/cloud_apps/cloud_apps_api.hpp"
#include "mock_graph/conditional_access/access_api.hpp"
#include "mock_graph/defender/click_alerts.hpp"
#include "mock_graph/defender/hunting_tables.hpp"
#include "mock_graph/defender/investigations.hpp"
#include "mock_graph/defender/workload_alerts.hpp"
#include "mock_graph/directory/applications_api.hpp"
#include "mock_graph/directory/domains_api.hpp"
#include "mock_graph/directory/objects_api.hpp"
#include "mock_graph/directory/user_book.hpp"
#include "mock_graph/directory/users_api.hpp"
#include "mock_graph/endpoint/indicators_api.hpp"
#include "mock_graph/endpoint/machines_api.hpp"
#include "mock_graph/exchange/exchange_api.hpp"
#include "mock_graph/faults/distort.hpp"
#include "mock_graph/faults/injector.hpp"
#include "mock_graph/graph/batch_api.hpp"
#include "mock_graph/graph/hunting_api.hpp"
#include "mock_graph/graph/identity_api.hpp"
#include "mock_graph/graph/security_api.hpp"
#include "mock_graph/identity/identity_book.hpp"
#include "mock_graph/journal.hpp"
#include "mock_graph/login/login_service.hpp"
#include "mock_graph/login/verifier.hpp"
#include "mock_graph/mail_flow/message_trace_api.hpp"
#include "mock_graph/mail_flow/reporting_api.hpp"
#include "mock_graph/mailboxes/messages_api.hpp"
#include "mock_graph/mailboxes/rules_api.hpp"

#include <array>

namespace mock_graph::server {

/// What happens in one tenant, from start to end.
struct script {
  tenant::standing state;
  std::vector<tenant::event> events;
  std::vector<faults::fault> faults;
};

/// Answers every API of one tenant. Brings the tenant up to the clock's present before each
/// request; keeps a journal of requests and the ledger of what became visible.
class mock_tenant final : public service, private login::directory, private tenant::listener {
public:
  /// Clock and key outlive the mock; the key may serve many of them.
  mock_tenant(const script& what, const seams::clock& time, const login::signing_key& key);

  auto answer(const seams::request& query) -> reply override {
    return answer_any(query, odata::url_bytes_max);
  }

  /// This mock is only asked when things become visible, never what they look like.
  void rehearse() { content_.leave_out_digests(); }
  /// One more thing that happens, not before the present.
  void happen(const tenant::event& what) { tenant_.schedule(what); }
  /// Faults may be added and lifted while the mock is in use.
  auto troubles() -> faults::injector& { return faults_; }
  /// Lets the tenant live on to `now` without a request.
  void advance(seams::instant now) { tenant_.advance(now); }

  [[nodiscard]] auto model() const -> const tenant::tenant& { return tenant_; }
  [[nodiscard]] auto book() const -> const ledger& { return ledger_; }
  [[nodiscard]] auto requests() const -> const journal& { return journal_; }
  [[nodiscard]] auto injected() const -> const faults::injector& { return faults_; }
  /// What requests and administrators changed in the tenant.
  [[nodiscard]] auto effects() const -> const effect_log& { return effects_; }
  /// Signatures of all tokens that were issued: none of them may be found anywhere afterwards.
  [[nodiscard]] auto issued() const -> const std::vector<std::string>& { return issued_; }

private:
  /// One API: what its tokens must be for, and the doors behind it.
  struct side {
    std::vector<std::string> audiences;
    std::vector<door*> doors;
  };

  /// Parts of a batch may have longer URLs than others.
  auto answer_any(const seams::request& query, std::size_t url_bytes_max) -> reply;
  void open(login::api which, std::initializer_list<door*> doors);
  void open_doors();
  auto side_of(login::api which) -> side& { return sides_[static_cast<std::size_t>(which)]; }
  /// Names the operation and finds its door; null for logins, foreign hosts and unknown paths.
  auto find_door(call& what) -> door*;
  auto honest(door* where, call& what) -> reply;
  auto check_token(call& what) -> std::optional<seams::response>;
  auto log_in(call& what) -> reply;
  void on(const tenant::event& what) override;
  /// The log behind a feed that Graph lists, or null.
  auto listed_log(std::string_view feed) -> entity_log*;
  void merge_incidents(seams::instant at, const tenant::incident_merge& what);
  void keep_verbatim(seams::instant at, const tenant::verbatim_record& what);

  [[nodiscard]] auto find_tenant(std::string_view name) const
      -> std::optional<login::tenant_info> override;
  [[nodiscard]] auto find_application(std::string_view tenant_id, std::string_view client_id) const
      -> const tenant::application* override;

  const seams::clock& time_;
  ledger ledger_;
  tenant::tenant tenant_;
  defender::alert_book alerts_;
  defender::click_alerts alert_rules_;
  defender::investigations investigations_;
  defender::workload_alerts workload_alerts_;
  defender::hunting_tables hunting_;
  identity::identity_book identity_;
  mail_flow::trace_log traces_;
  activity::content_log content_;
  activity::audit_records audit_;
  activity::activity_api activity_api_;
  graph::security_api security_api_;
  graph::hunting_api hunting_api_;
  graph::identity_api identity_api_;
  graph::batch_api batch_api_;
  effect_log effects_;
  acts::performer acts_;
  mock_graph::directory::user_book users_;
  mock_graph::directory::user_acts user_acts_;
  mock_graph::directory::users_api users_api_;
  mock_graph::directory::object_book objects_;
  mock_graph::directory::mailbox_book mailboxes_;
  mock_graph::directory::objects_api objects_api_;
  mock_graph::directory::domains_api domains_api_;
  mailboxes::mail_store mail_;
  mailboxes::messages_api messages_api_;
  mailboxes::rule_book rules_;
  mailboxes::rules_api rules_api_;
  conditional_access::access_api access_api_;
  endpoint::machine_book machines_;
  endpoint::machines_api machines_api_;
  endpoint::indicators_api indicators_api_;
  mail_flow::message_trace_api message_trace_api_;
  mail_flow::reporting_api reporting_api_;
  mock_graph::directory::applications_api applications_api_;
  exchange::policy_book policies_;
  exchange::click_report click_report_;
  exchange::exchange_admin exchange_admin_;
  exchange::exchange_api exchange_api_;
  cloud_apps::cloud_app_book cloud_apps_;
  cloud_apps::cloud_apps_api cloud_apps_api_;
  azure::activity_log azure_log_;
  azure::activity_log_api azure_log_api_;
  login::login_service login_;
  login::token_verifier verifier_;
  std::array<side, 6> sides_;
  faults::injector faults_;
  journal journal_;
  std::vector<std::string> issued_;
};

} // namespace mock_graph::server
