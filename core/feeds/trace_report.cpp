#include "core/auth/form.hpp"
#include "core/feeds/feed_call.hpp"
#include "core/feeds/items.hpp"
#include "core/feeds/trace_source.hpp"
#include "core/json/slice.hpp"

#include <algorithm>
#include <array>

namespace core::feeds {
namespace {

/// Pages of the report that come without a link are followed by counting rows, as public readers
/// do (elastic/integrations, microsoft_exchange_online_message_trace).
constexpr auto report_page = std::size_t{2000};
constexpr auto query_echo =
    std::to_array<std::string_view>({"__metadata", "StartDate", "EndDate", "Index"});
constexpr auto reporting_bucket = "reporting service";
constexpr auto report_traits = trace_traits{trace_form::report,
                                            workload::exchange,
                                            "read from the reporting service",
                                            seams::duration{std::chrono::days{10}}};

/// The rows of a report: verbose, its older form without `results`, or flat.
auto report_rows(std::string_view body) -> std::optional<std::string_view> {
  for (const auto* path : {"d.results", "d", "value"}) {
    const auto found = json::find(body, path);
    if (found && json::kind_of(*found) == json::kind::array) {
      return found;
    }
  }
  return std::nullopt;
}

auto report_link(std::string_view body) -> std::string {
  const auto verbose = json::find(body, "d.__next");
  auto link = verbose ? json::as_string(*verbose).value_or("") : text_of(body, "odata.nextLink");
  return link.empty() ? text_of(body, "@odata.nextLink") : link;
}

/// `url` with `$skiptoken` set to the rows read so far.
auto counted_link(std::string url, std::size_t rows) -> std::string {
  constexpr auto name = std::string_view("&$skiptoken=");
  url.resize(std::min(url.size(), url.find(name)));
  return url + std::string(name) + std::to_string(rows);
}

auto report_row(std::string_view item) -> record {
  const auto rest = cut_members(item, query_echo);
  auto one = trace_row(rest ? std::string_view(*rest) : item, report_names);
  if (rest) {
    one.cuts.emplace_back("query_echo");
  }
  return one;
}

class report_trace_walk final : public linked_trace_walk {
public:
  using linked_trace_walk::linked_trace_walk;

  auto take(std::string_view body) -> seams::result<trace_page> override {
    const auto rows = report_rows(body);
    if (!rows) {
      return no_rows();
    }
    auto out = trace_page();
    json::for_each_element(*rows,
                           [&](std::string_view row) { out.rows.push_back(report_row(row)); });
    const auto count = out.rows.size();
    read_ += count;
    auto link = report_link(body);
    go_on(link.empty() && count == report_page ? counted_link(here(), read_) : std::move(link));
    return out;
  }

private:
  std::size_t read_ = 0;
};

class report_trace_source final : public trace_source {
public:
  explicit report_trace_source(const trace_tools& with) : with_(with) {}

  [[nodiscard]] auto traits() const -> const trace_traits& override { return report_traits; }

  [[nodiscard]] auto walk(const trace_window& span) const -> std::unique_ptr<trace_walk> override {
    const auto filter = "StartDate eq datetime'" + seams::to_rfc3339(span.from) +
                        "' and EndDate eq datetime'" + seams::to_rfc3339(span.to) + "'";
    auto first = root() + "/ecp/reportingwebservice/reporting.svc/MessageTrace?$filter=" +
                 auth::percent_encode(filter) + "&$format=json";
    auto what = feed_call(with_.facts, with_.options, "");
    what.of = workload::exchange;
    what.bucket = reporting_bucket;
    return std::make_unique<report_trace_walk>(root(), std::move(first), std::move(what));
  }

  [[nodiscard]] auto explained(seams::failure why) const -> seams::failure override { return why; }

private:
  [[nodiscard]] auto root() const -> std::string {
    const auto& mail = with_.config.where.exchange.root;
    return mail == "https://outlook.office365.com" ? "https://reports.office365.com" : mail;
  }

  trace_tools with_;
};

} // namespace

auto report_traces(const trace_tools& with) -> std::unique_ptr<trace_source> {
  return std::make_unique<report_trace_source>(with);
}

} // namespace core::feeds
