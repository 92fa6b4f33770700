#include "mock_graph/mail_flow/reporting_api.hpp"

#include "core/seams/letters.hpp"
#include "mock_graph/mail_flow/atom.hpp"

#include <algorithm>
#include <array>

namespace mock_graph::mail_flow {
namespace {

using nlohmann::json;

constexpr auto page_usual = std::size_t{2000};
constexpr auto report_reach_back = std::chrono::days{30};
constexpr auto report_usual_span = std::chrono::hours{48};

/// Roles that may read reports (exchange-and-safelinks sheet, 1.1).
constexpr auto reader_roles = std::to_array<std::string_view>({"Global Reader",
                                                               "Security Reader",
                                                               "Exchange Administrator",
                                                               "Security Administrator",
                                                               "Global Administrator"});

auto plain(int status, std::string_view type, std::string body) -> seams::response {
  auto out = seams::response();
  out.status = status;
  out.fields.set("Content-Type", std::string(type));
  out.body = std::move(body);
  return out;
}

auto no_permission(call& what, const std::string& why) -> seams::response {
  what.note = why;
  return plain(
      403,
      "application/json; charset=utf-8",
      R"({"ErrorCode":"","Message":"No permission to access the report for the organization ."})");
}

auto holds_reader_role(const call& what) -> bool {
  return what.app != nullptr &&
         std::ranges::any_of(what.app->directory_roles, [&](const tenant::directory_role& held) {
           return held.from <= what.now && what.now < held.until &&
                  std::ranges::find(reader_roles, held.name) != reader_roles.end();
         });
}

auto date(seams::instant at) -> std::string {
  const auto since = at.time_since_epoch();
  return "/Date(" +
         std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(since).count()) +
         ")/";
}

auto member_of_filter(const std::string& field) -> std::string {
  return field == "MessageTraceId" ? "id"
         : field == "FromIP"       ? "fromIP"
         : field == "ToIP"
             ? "toIP"
             : std::string(1, static_cast<char>(field.front() - 'A' + 'a')) + field.substr(1);
}

auto fits(const entity_version& row, const reporting_query& asked) -> bool {
  return std::ranges::all_of(asked.equal, [&](const auto& condition) {
    const auto found = row.document.find(member_of_filter(condition.first));
    return found != row.document.end() && found->is_string() &&
           seams::equal_ignoring_case(found->template get<std::string>(), condition.second);
  });
}

} // namespace

auto unauthorized_page() -> seams::response {
  return plain(401,
               "text/html",
               "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">\r\n<html><head>\r\n"
               "<title>401 - Unauthorized: Access is denied due to invalid credentials.</title>\r\n"
               "</head>\r\n<body><h1>Server Error</h1></body></html>\r\n");
}

/// Rows of one page, newest first, and the query that gave them.
struct reporting_api::page {
  std::vector<const entity_version*> rows;
  std::size_t first = 0; ///< `Index` of the first
  seams::instant from;
  seams::instant to;
  std::string url;  ///< of the report
  std::string next; ///< "" on the last page
};

auto reporting_api::routes() const -> std::span<const std::string_view> {
  static constexpr auto names = std::to_array<std::string_view>({"exchange.reporting"});
  return names;
}

auto reporting_api::route_of(const odata::target& target) const -> std::string_view {
  const auto& path = target.path;
  const auto is_report = path.size() == 4 && odata::is_named(path[0], "ecp") &&
                         odata::is_named(path[1], "reportingwebservice") &&
                         odata::is_named(path[2], "reporting.svc") &&
                         odata::is_named(path[3], "MessageTrace");
  return is_report ? routes()[0] : std::string_view();
}

auto reporting_api::answer(call& what) -> seams::response {
  if (!what.has_role("ReportingWebService.Read.All")) {
    what.note = "ReportingWebService.Read.All is missing";
    return unauthorized_page();
  }
  if (what.now >= log_.state().reporting_service_retires) {
    return no_permission(what, "the Reporting Web Service is switched off");
  }
  if (!holds_reader_role(what)) {
    return no_permission(what, "no directory role that may read reports");
  }
  const auto asked = read_reporting_query(what.target);
  if (!asked) {
    what.note = asked.error().message;
    return plain(asked.error().status,
                 "application/json; charset=utf-8",
                 json{{"ErrorCode", ""}, {"Message", asked.error().message}}.dump());
  }
  const auto found = cut(what, *asked);
  const auto& form = log_.state().choice_of_readings.reporting_form;
  const auto accept = what.query.fields.find("Accept").value_or("");
  const auto wants_json = asked->json || accept.find("application/json") != std::string_view::npos;
  if (!wants_json || form == "atom") {
    return plain(200, "application/atom+xml;type=feed;charset=utf-8", to_atom(found, what.now));
  }
  return plain(200,
               "application/json;odata=verbose;charset=utf-8",
               form == "flat" ? to_flat(found) : to_verbose(found));
}

auto reporting_api::cut(const call& what, const reporting_query& asked) const -> page {
  auto out = page();
  out.to = asked.to.value_or(what.now);
  out.from =
      std::max(asked.from.value_or(out.to - report_usual_span), what.now - report_reach_back);
  out.url = what.root() + "/ecp/ReportingWebService/Reporting.svc/MessageTrace";
  auto fitting = std::vector<const entity_version*>();
  log_.rows().visit(what.now, out.from, out.to, [&](const entity_version& row) {
    if (fits(row, asked)) {
      fitting.push_back(&row);
    }
    return true;
  });
  std::ranges::reverse(fitting);
  const auto small = log_.state().pages.message_trace;
  const auto size = small > 0 ? static_cast<std::size_t>(small) : page_usual;
  out.first = std::min(asked.skip, fitting.size());
  const auto end = std::min(out.first + size, fitting.size());
  out.rows.assign(fitting.begin() + static_cast<std::ptrdiff_t>(out.first),
                  fitting.begin() + static_cast<std::ptrdiff_t>(end));
  if (end < fitting.size()) {
    out.next = odata::link_with(what.target, "$skiptoken", std::to_string(end));
  }
  return out;
}

auto reporting_api::is_escaped() const -> bool {
  return log_.state().choice_of_readings.reporting_form == "escaped";
}

/// A row with what echoes the query: bytes that differ from one request to the next.
auto reporting_api::row_text(const page& of, std::size_t index) const -> std::string {
  auto text = reporting_row(*of.rows[index], log_.state(), is_escaped());
  text.pop_back();
  const auto slash = is_escaped() ? "\\/" : "/";
  for (const auto& [name, at] : {std::pair{"StartDate", of.from}, std::pair{"EndDate", of.to}}) {
    const auto inner = date(at).substr(1, date(at).size() - 2);
    text += std::string(",\"") + name + "\":\"" + slash + inner + slash + "\"";
  }
  return text + ",\"Index\":" + std::to_string(of.first + index) + "}";
}

auto reporting_api::to_verbose(const page& of) const -> std::string {
  auto out = std::string(R"({"d":{"results":[)");
  for (auto i = std::size_t{0}; i < of.rows.size(); ++i) {
    const auto id = of.url + "(" + std::to_string(of.first + i) + ")";
    auto metadata = nlohmann::ordered_json();
    metadata["id"] = id;
    metadata["uri"] = id;
    metadata["type"] = "TenantReporting.MessageTrace";
    out += (i == 0 ? "{\"__metadata\":" : ",{\"__metadata\":") + metadata.dump() + "," +
           row_text(of, i).substr(1);
  }
  out += "]";
  return out + (of.next.empty() ? "}}" : ",\"__next\":" + json(of.next).dump() + "}}");
}

auto reporting_api::to_flat(const page& of) const -> std::string {
  auto out = std::string(R"({"odata.metadata":")") + of.url + R"(","value":[)";
  for (auto i = std::size_t{0}; i < of.rows.size(); ++i) {
    out += (i == 0 ? "" : ",") + row_text(of, i);
  }
  out += "]";
  return out + (of.next.empty() ? "}" : ",\"odata.nextLink\":" + json(of.next).dump() + "}");
}

auto reporting_api::to_atom(const page& of, seams::instant now) const -> std::string {
  auto feed = atom_feed{of.url, now, {}, of.next};
  for (auto i = std::size_t{0}; i < of.rows.size(); ++i) {
    auto row = nlohmann::ordered_json::parse(row_text(of, i));
    row["Received"] = atom_time(of.rows[i]->updated);
    row["StartDate"] = atom_time(of.from);
    row["EndDate"] = atom_time(of.to);
    feed.entries.push_back({of.url + "(" + std::to_string(of.first + i) + ")", std::move(row)});
  }
  return to_text(feed);
}

} // namespace mock_graph::mail_flow
