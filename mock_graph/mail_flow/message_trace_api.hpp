#pragma once
// Graph's message traces: /admin/exchange/tracing/messageTraces.
#include "mock_graph/door.hpp"
#include "mock_graph/graph/collection.hpp"
#include "mock_graph/mail_flow/trace_log.hpp"

#include <deque>

namespace mock_graph::mail_flow {

/// Whether Graph of that cloud lists message traces; GCC rests on the worldwide Graph.
auto has_graph_traces(std::string_view cloud) -> bool;

/// GET of the list and of `{id}/getDetailsByRecipient(recipientAddress='x')`; role
/// ExchangeMessageTrace.Read.All. Until the service principal of the tracing service stands in the
/// tenant: 401. 100 requests in 5 minutes, list and details together. A query spans at most 10
/// days within the last 90, the last 48 hours by default; pages of 1,000, at most 5,000. The filter
/// knows `eq`, `ge` and `le` of the time of receipt, and the three tests of the subject. Status
/// "recalled" is told to those only who ask for unknown enum members.
/// Source: learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces; text of the 401:
/// learn.microsoft.com/exchange/monitoring/trace-an-email-message/graph-api-message-trace. Texts
/// of the 400s are not documented.
///
/// The worldwide Graph alone has them: that of other clouds does not know the path [how it says so
/// is inferred].
class message_trace_api final : public door {
public:
  explicit message_trace_api(const trace_log& log) : log_(log) {}

  [[nodiscard]] auto routes() const -> std::span<const std::string_view> override;
  [[nodiscard]] auto route_of(const odata::target& target) const -> std::string_view override;
  auto answer(call& what) -> seams::response override;

private:
  auto throttled(call& what) -> std::optional<seams::response>;
  auto list(call& what) -> seams::response;
  auto details(call& what) const -> seams::response;
  [[nodiscard]] auto span_of(const call& what) const -> odata::outcome<odata::time_range>;

  const trace_log& log_;
  graph::collection_reader reader_;
  std::deque<seams::instant> asked_; ///< within the last five minutes
};

} // namespace mock_graph::mail_flow
