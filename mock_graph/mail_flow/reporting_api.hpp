#pragma once
// The legacy Reporting Web Service: the MessageTrace report.
#include "mock_graph/door.hpp"
#include "mock_graph/mail_flow/reporting_query.hpp"
#include "mock_graph/mail_flow/trace_log.hpp"

namespace mock_graph::mail_flow {

/// The IIS page, 401, for whoever the service does not know.
auto unauthorized_page() -> seams::response;

/// GET /ecp/reportingwebservice/reporting.svc/MessageTrace. Role ReportingWebService.Read.All, else
/// the 401 page; a directory role besides, else the 403; the same 403 for everybody once the
/// service is switched off for the tenant. Thirty days back, 48 hours by default, 2,000 rows a
/// page, `$skiptoken` counts rows. Atom unless JSON is asked for; which form the JSON has is a
/// reading of the scenario, as public readers disagree.
/// Source: learn.microsoft.com/previous-versions/office/developer/o365-enterprise-developers/
/// jj984335(v=office.15); bodies of errors: SEKOIA-IO/automation-library, Office365/tests
/// (exchange-and-safelinks sheet, 1.1; which right each refusal stands for is a choice).
class reporting_api final : public door {
public:
  explicit reporting_api(const trace_log& log) : log_(log) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  struct page;
  [[nodiscard]] auto cut(const call& what, const reporting_query& asked) const -> page;
  [[nodiscard]] auto row_text(const page& of, std::size_t index) const -> std::string;
  [[nodiscard]] auto to_verbose(const page& of) const -> std::string;
  [[nodiscard]] auto to_flat(const page& of) const -> std::string;
  [[nodiscard]] auto to_atom(const page& of, seams::instant now) const -> std::string;
  [[nodiscard]] auto is_escaped() const -> bool;

  const trace_log& log_;
};

} // namespace mock_graph::mail_flow
