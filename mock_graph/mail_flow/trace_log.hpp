#pragma once
// Message traces: one row per message and recipient, whose status may change in place.
#include "mock_graph/ledger/entity_log.hpp"
#include "mock_graph/tenant/tenant.hpp"

#include <unordered_map>

namespace mock_graph::mail_flow {

/// Mails in, out and inside the tenant. Each status of a row is a version for the ledger, under
/// feed "message_trace" and `<trace id>|<recipient>`. All three sources show the same rows: Graph
/// with the members of `exchangeMessageTrace`, the Reporting Web Service and Get-MessageTraceV2
/// with theirs (exchange-and-safelinks sheet, 1.1 to 1.3; learn.microsoft.com/graph/api/resources/
/// exchangemessagetrace). Status on arrival: delivered, filteredAsSpam for the junk folder
/// [choice], quarantined; "pending" first where the scenario says for how long.
class trace_log final : public tenant::listener {
public:
  trace_log(tenant::tenant& owner, ledger& book);

  void on(const tenant::mail_fact& mail) override;
  void on(const tenant::event& what) override;
  /// A row in Graph's form that somebody exported: it is listed by the moment it appears, whatever
  /// date it bears.
  void keep(seams::instant at, const tenant::verbatim_record& what);

  [[nodiscard]] auto rows() const -> const entity_log& { return log_; }
  [[nodiscard]] auto state() const -> const tenant::standing& { return tenant_.state(); }

private:
  void tell_forms(const entity_version& row);
  void put(const tenant::mail_fact& mail,
           const std::string& recipient,
           const std::string& status,
           seams::instant visible_at);

  tenant::tenant& tenant_;
  ledger& ledger_;
  entity_log log_;
  std::unordered_map<std::string, const tenant::mail_fact*> mails_;
};

/// What a row is known by in the log: addresses compare without regard to case.
auto trace_key(const std::string& id, std::string recipient) -> std::string;

/// A row as the Reporting Web Service shows it, less what merely echoes the query (`__metadata`,
/// `StartDate`, `EndDate`, `Index`): `{"Organization":…,"Size":87680,"MessageTraceId":…}`.
/// Times are `/Date(ms)/`, with escaped slashes if `escaped`.
auto reporting_row(const entity_version& row, const tenant::standing& state, bool escaped)
    -> std::string;

/// A row as Get-MessageTraceV2 prints it: `{"MessageTraceId":…,"Received@data.type":
/// "System.DateTime","Received":"2026-09-14T07:58:03.2140000Z",…}`; fields and order of a live row
/// (rknightion/graph2otel, messagetrace_test.go).
auto cmdlet_row(const entity_version& row) -> nlohmann::ordered_json;

} // namespace mock_graph::mail_flow
