#pragma once
// Where message traces can be read: what the feed has to know of each such place.
#include "core/api/api_client.hpp"
#include "core/feeds/feed_table.hpp"
#include "core/http/links.hpp"
#include "core/store/store.hpp"

#include <memory>
#include <optional>

namespace core::feeds {

/// From and to the instants of receipt, both included.
struct trace_window {
  seams::instant from;
  seams::instant to;
};

struct trace_page {
  std::vector<record> rows; ///< `feed` and `connector_type` are left to the feed
  std::string lost = {};    ///< rows that nobody can have, in words; "" = none
  std::string lost_id = {}; ///< names that loss wherever it is met again
};

/// One reading of one window. Call `next`, send what it gives, hand the body to `take`, and again.
class trace_walk {
public:
  virtual ~trace_walk() = default;

  /// The next call; nothing once the window has been read. Failures: those of `http::chain`, and
  /// "window_too_full", after which a shorter window may do.
  virtual auto next() -> seams::result<std::optional<api::call>> = 0;
  virtual auto take(std::string_view body) -> seams::result<trace_page> = 0;
};

/// The three write the same row in three ways.
enum class trace_form { graph, report, cmdlet };

struct trace_traits {
  trace_form form = trace_form::graph;
  workload api = workload::graph;
  std::string_view mark;      ///< remembered once rows of it are stored
  seams::duration window_max; ///< the longest window that one walk is asked for
};

class trace_source {
public:
  virtual ~trace_source() = default;

  [[nodiscard]] virtual auto traits() const -> const trace_traits& = 0;
  [[nodiscard]] virtual auto walk(const trace_window& span) const
      -> std::unique_ptr<trace_walk> = 0;
  /// A refusal in words that say what to grant.
  [[nodiscard]] virtual auto explained(seams::failure why) const -> seams::failure = 0;
};

/// What sources read with; all of it outlives them.
struct trace_tools {
  const feed_facts& facts;
  const feed_options& options;
  const connector_config& config;
};

/// Code of a refusal of Graph of another cloud: its documentation knows the list in the worldwide
/// one only.
inline constexpr auto no_traces_here = std::string_view("no_traces_in_cloud");

/// GET /admin/exchange/tracing/messageTraces. Pages by next links.
/// Source: learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces.
auto graph_traces(const trace_tools& with) -> std::unique_ptr<trace_source>;

/// The MessageTrace report of the Reporting Web Service, in its three forms of JSON. Pages by next
/// links, or by the count of rows where a full page has none. Of a row, the members that only echo
/// the query are cut ("query_echo"): they differ from one request to the next.
/// Source: learn.microsoft.com/previous-versions/office/developer/o365-enterprise-developers/
/// jj984335; forms and pages: SEKOIA-IO/automation-library, elastic/integrations.
auto report_traces(const trace_tools& with) -> std::unique_ptr<trace_source>;

/// Get-MessageTraceV2 over InvokeCommand: newest rows first, and by recipient within one instant; a
/// warning is all that tells of more. The next query asks for what ends with the last row, which
/// comes twice and is dropped. Queries keep 3.1 seconds between them, for a limit of 100 in five
/// minutes. Windows of at most a day, as Microsoft asks for narrow ones; one that does not end
/// within 400 queries is "window_too_full". More rows of one instant and one recipient than a query
/// can give are lost, and said to be.
/// Source: learn.microsoft.com/powershell/module/exchangepowershell/get-messagetracev2; what the
/// documentation does not say: live measurements of rknightion/graph2otel,
/// internal/collectors/m365/messagetrace.
auto cmdlet_traces(const trace_tools& with) -> std::unique_ptr<trace_source>;

/// Names of members in one of the forms.
struct trace_names {
  std::string_view id;
  std::string_view recipient;
  std::string_view status;
  std::string_view received;
};

/// Names of the report, which the cmdlet shares.
inline constexpr auto report_names =
    trace_names{"MessageTraceId", "RecipientAddress", "Status", "Received"};

/// The row as a record: key is trace id and recipient, version the status, in lower and camel case.
auto trace_row(std::string_view item, const trace_names& names) -> record;

/// Who wrote the row.
auto form_of(std::string_view raw) -> trace_form;

/// "answer_malformed": the answer has no array of rows.
auto no_rows() -> seams::failure;

/// A walk along links.
class linked_trace_walk : public trace_walk {
public:
  linked_trace_walk(std::string root, std::string first, api::call what)
      : pages_(std::move(root)), next_(std::move(first)), what_(std::move(what)) {}

  auto next() -> seams::result<std::optional<api::call>> final;

protected:
  [[nodiscard]] auto here() const -> const std::string& { return next_; }
  /// "" = the page was the last.
  void go_on(std::string link) { next_ = std::move(link); }

private:
  http::chain pages_;
  std::string next_; ///< the link of the page that is read, until `go_on`
  api::call what_;
};

} // namespace core::feeds
