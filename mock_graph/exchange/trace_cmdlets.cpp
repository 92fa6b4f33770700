#include "core/seams/letters.hpp"
#include "mock_graph/exchange/cmdlets.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::exchange {
namespace {

using nlohmann::ordered_json;
using seams::equal_ignoring_case;

constexpr auto trace_reach = std::chrono::days{90};
constexpr auto trace_span_max = std::chrono::days{10};
constexpr auto usual_trace_span = std::chrono::hours{48};
constexpr auto usual_result_size = std::int64_t{1000};
constexpr auto result_size_max = std::int64_t{5000};
constexpr auto subject_filters =
    std::to_array<std::string_view>({"Contains", "EndsWith", "StartsWith"});

struct trace_query {
  seams::instant from;
  seams::instant to;
  std::optional<std::string> starting; ///< address that rows of the last instant begin with
  std::size_t size = 0;
};

/// Texts of these refusals are not documented [inferred]; that there is one for what is older than
/// 90 days is (Get-MessageTraceDetailV2, of the same family).
auto not_that_long(const std::string& text) -> cmdlet_outcome {
  return refusal("System.ArgumentException", text);
}

/// What answers the 101st query is not documented: a 429 without Retry-After, as none was seen
/// [inferred].
auto one_too_many() -> cmdlet_outcome {
  auto out = cmdlet_outcome();
  out.wrong = cmdlet_error{429,
                           "TooManyRequests",
                           "System.InvalidOperationException",
                           "A maximum of 100 query requests is accepted within 5 minutes."};
  return out;
}

/// Nothing if there is nothing wrong; with one end of the window given, the other is 48 hours
/// before, or now [inferred].
auto read_query(const workplace& place, const arguments& given, trace_query& out)
    -> std::optional<cmdlet_outcome> {
  out.to = given.moment("EndDate").value_or(place.now);
  out.from = given.moment("StartDate").value_or(out.to - usual_trace_span);
  out.starting = given.text("StartingRecipientAddress");
  const auto size = given.number("ResultSize").value_or(usual_result_size);
  if (size < 1 || size > result_size_max) {
    return not_that_long("ResultSize must be between 1 and 5000.");
  }
  if (out.to < out.from) {
    return not_that_long("StartDate must not be later than EndDate.");
  }
  if (out.from < place.now - trace_reach) {
    return not_that_long("StartDate must not be more than 90 days ago.");
  }
  if (out.to - out.from > trace_span_max) {
    return not_that_long("No more than 10 days can be queried at once.");
  }
  const auto small = place.book.state().pages.message_trace;
  out.size = static_cast<std::size_t>(small > 0 ? std::min(small, size) : size);
  return std::nullopt;
}

auto text_in(const entity_version& row, const char* member) -> std::string {
  const auto found = row.document.find(member);
  return found != row.document.end() && found->is_string() ? found->get<std::string>() : "";
}

auto is_one_of(const std::vector<std::string>& wanted, const std::string& text) -> bool {
  return wanted.empty() ||
         std::ranges::any_of(wanted, [&](auto& one) { return equal_ignoring_case(one, text); });
}

/// Without SubjectFilterType anywhere in the subject [inferred].
auto has_subject(const arguments& given, const entity_version& row) -> bool {
  const auto wanted = seams::lower_case(given.text("Subject").value_or(""));
  const auto subject = seams::lower_case(text_in(row, "subject"));
  const auto how = seams::lower_case(given.text("SubjectFilterType").value_or("Contains"));
  return how == "startswith" ? subject.starts_with(wanted)
         : how == "endswith" ? subject.ends_with(wanted)
                             : subject.find(wanted) != std::string::npos;
}

auto passes(const arguments& given, const entity_version& row) -> bool {
  static constexpr auto filters = std::to_array<std::pair<const char*, const char*>>({
      {"FromIP", "fromIP"},
      {"MessageId", "messageId"},
      {"MessageTraceId", "id"},
      {"RecipientAddress", "recipientAddress"},
      {"SenderAddress", "senderAddress"},
      {"Status", "status"},
      {"ToIP", "toIP"},
  });
  return has_subject(given, row) && std::ranges::all_of(filters, [&](const auto& filter) {
           return is_one_of(given.list(filter.first), text_in(row, filter.second));
         });
}

/// A row with what it is ordered by.
struct placed_row {
  const entity_version* row = nullptr;
  std::string recipient;
};

/// The newest first, and by recipient within one instant.
auto rows_of(const workplace& place, const arguments& given, const trace_query& asked)
    -> std::vector<placed_row> {
  const auto starting = seams::lower_case(asked.starting.value_or(""));
  auto out = std::vector<placed_row>();
  place.traces->log.rows().visit(place.now, asked.from, asked.to, [&](const entity_version& row) {
    auto recipient = seams::lower_case(text_in(row, "recipientAddress"));
    const auto came_before = row.updated == asked.to && recipient < starting;
    if (!came_before && passes(given, row)) {
      out.push_back({&row, std::move(recipient)});
    }
    return true;
  });
  std::ranges::stable_sort(out, [](const placed_row& a, const placed_row& b) {
    return a.row->updated != b.row->updated ? a.row->updated > b.row->updated
                                            : a.recipient < b.recipient;
  });
  return out;
}

/// As the service words it (microsoft/CSS-Exchange, Get-AllMessageTraceResults.ps1, goes by its
/// beginning; rknightion/graph2otel shows the rest).
auto more_of(const trace_query& asked, const ordered_json& last) -> std::string {
  return "There are more results, use the following command to get more. Get-MessageTraceV2 "
         "-StartDate \"" +
         seams::to_rfc3339(asked.from) + "\" -EndDate \"" + last["Received"].get<std::string>() +
         "\" -StartingRecipientAddress \"" + last["RecipientAddress"].get<std::string>() +
         "\" -ResultSize " + std::to_string(asked.size);
}

/// Rows are cut at ResultSize, with a warning and no link; the last row comes again when the next
/// query names its time and its recipient (observed: rknightion/graph2otel,
/// internal/collectors/m365/messagetrace). That Prefer does not cut them is [inferred].
auto show_traces(workplace& place, const arguments& given) -> cmdlet_outcome {
  if (!place.traces->queries.admits(place.now)) {
    return one_too_many();
  }
  auto asked = trace_query();
  if (auto wrong = read_query(place, given, asked)) {
    return std::move(*wrong);
  }
  const auto found = rows_of(place, given, asked);
  auto out = cmdlet_outcome();
  for (const auto& one : std::span(found).first(std::min(found.size(), asked.size))) {
    out.rows.push_back(mail_flow::cmdlet_row(*one.row));
  }
  out.cut = out.rows.size() < found.size();
  out.warning = out.cut ? more_of(asked, out.rows.back()) : "";
  return out;
}

/// Replaced, and refused on this door (observed there; the text is [inferred]).
auto refuse_old_trace(workplace&, const arguments&) -> cmdlet_outcome {
  return refusal("System.NotSupportedException",
                 "Get-MessageTrace is replaced by Get-MessageTraceV2.");
}

/// Parameters of both: learn.microsoft.com/powershell/module/exchangepowershell/
/// get-messagetracev2 and get-messagetrace. Of `Status` other words are taken too: one that the
/// list there does not have was seen.
constexpr auto trace_parameters = std::to_array<parameter>({
    {"EndDate", value_kind::moment},
    {"FromIP"},
    {"MessageId", value_kind::list},
    {"MessageTraceId"},
    {"RecipientAddress", value_kind::list},
    {"ResultSize", value_kind::number},
    {"SenderAddress", value_kind::list},
    {"StartDate", value_kind::moment},
    {"StartingRecipientAddress"},
    {"Status", value_kind::list},
    {"Subject"},
    {"SubjectFilterType", value_kind::words, false, subject_filters, "SubjectFilterType"},
    {"ToIP"},
});
constexpr auto old_trace_parameters = std::to_array<parameter>({
    {"EndDate", value_kind::moment},
    {"FromIP"},
    {"MessageId", value_kind::list},
    {"MessageTraceId"},
    {"Page", value_kind::number},
    {"PageSize", value_kind::number},
    {"ProbeTag"},
    {"RecipientAddress", value_kind::list},
    {"SenderAddress", value_kind::list},
    {"StartDate", value_kind::moment},
    {"Status", value_kind::list},
    {"ToIP"},
});

constexpr auto trace_table = std::to_array<cmdlet>({
    {"Get-MessageTraceV2", access::reads, trace_parameters, show_traces, true, false},
    {"Get-MessageTrace", access::reads, old_trace_parameters, refuse_old_trace, true},
});

} // namespace

auto trace_cmdlets() -> std::span<const cmdlet> {
  return trace_table;
}

} // namespace mock_graph::exchange
