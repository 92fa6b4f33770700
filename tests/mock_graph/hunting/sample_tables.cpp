#include "tests/mock_graph/hunting/sample_tables.hpp"

#include "mock_graph/hunting/kql/scalars.hpp"
#include "mock_graph/hunting/kql/times.hpp"
#include "mock_graph/hunting/kql/values.hpp"

namespace hunting_tests {
namespace {

using hunting::column;
using hunting::row;
using hunting::scalar;
using hunting::value;

auto text(const char* what) -> value {
  return std::string(what);
}

auto clicks() -> memory_table {
  const auto null = value();
  return {{{"Timestamp", scalar::datetime},
           {"Url", scalar::string},
           {"ActionType", scalar::string},
           {"AccountUpn", scalar::string},
           {"Workload", scalar::string},
           {"NetworkMessageId", scalar::string},
           {"ThreatTypes", scalar::string},
           {"IsClickedThrough", scalar::boolean},
           {"UrlChain", scalar::string},
           {"ReportId", scalar::string}},
          {{at("08:01"),
            text("https://login.contoso-docs.example/r?x=1"),
            text("ClickAllowed"),
            text("dana@contoso.com"),
            text("Email"),
            text("m1"),
            null,
            true,
            text(R"(["https://a/","https://b/"])"),
            text("r1")},
           {at("08:05"),
            text("https://evil.example/a"),
            text("ClickBlocked"),
            text("Ernie@contoso.com"),
            text("Teams"),
            text(""),
            text("Phish"),
            false,
            text("[]"),
            text("r2")},
           {at("08:10"),
            text("https://evil.example/a"),
            text("ClickBlockedByTenantPolicy"),
            text("dana@contoso.com"),
            text("Email"),
            text("m2"),
            text("Phish"),
            false,
            text(R"(["https://evil.example/a"])"),
            text("r3")},
           {at("08:15"),
            text("https://news.example/"),
            text("ClickAllowed"),
            text("finn@contoso.com"),
            text("Office"),
            text("m9"),
            null,
            false,
            text("[]"),
            text("r4")},
           {at("09:00"),
            text("https://late.example/"),
            text("ClickAllowed"),
            text("dana@contoso.com"),
            text("Teams"),
            text(""),
            null,
            true,
            text("[]"),
            text("r5")}}};
}

auto mails() -> memory_table {
  return {{{"Timestamp", scalar::datetime},
           {"NetworkMessageId", scalar::string},
           {"Subject", scalar::string},
           {"SenderFromAddress", scalar::string},
           {"RecipientEmailAddress", scalar::string},
           {"UrlCount", scalar::int32},
           {"AuthenticationDetails", scalar::string}},
          {{at("07:50"),
            text("m1"),
            text("Invoice 4711"),
            text("bill@supplier.example"),
            text("dana@contoso.com"),
            std::int64_t{2},
            text(R"({"SPF":"pass","DKIM":"none","DMARC":"pass"})")},
           {at("08:02"),
            text("m2"),
            text("Reset your password"),
            text("it@evil.example"),
            text("dana@contoso.com"),
            std::int64_t{1},
            text(R"({"SPF":"fail","DMARC":"fail"})")},
           {at("08:30"),
            text("m3"),
            text("Lunch"),
            text("finn@contoso.com"),
            text("ernie@contoso.com"),
            value(),
            text("")}}};
}

auto alerts() -> memory_table {
  return {{{"Timestamp", scalar::datetime},
           {"AlertId", scalar::string},
           {"Title", scalar::string},
           {"Severity", scalar::string}},
          {{at("08:20"),
            text("fa1"),
            text("A potentially malicious URL click was detected"),
            text("High")},
           {at("08:25"),
            text("fa2"),
            text("Email reported by user as malware"),
            text("Informational")}}};
}

auto evidence() -> memory_table {
  return {{{"Timestamp", scalar::datetime},
           {"AlertId", scalar::string},
           {"EntityType", scalar::string},
           {"NetworkMessageId", scalar::string},
           {"AccountUpn", scalar::string},
           {"Details", scalar::dynamic},
           {"FileSize", scalar::int64}},
          {{at("08:20"),
            text("fa1"),
            text("User"),
            text(""),
            text("dana@contoso.com"),
            nlohmann::json{{"Roles", {"Owner", "Reader"}}, {"Score", 7}},
            value()},
           {at("08:21"),
            text("fa1"),
            text("MailMessage"),
            text("m2"),
            text("dana@contoso.com"),
            nlohmann::json{{"Roles", nlohmann::json::array()}, {"Score", 2.5}},
            std::int64_t{1000}},
           {at("08:26"),
            text("fa2"),
            text("MailMessage"),
            text("m3"),
            text(""),
            value(),
            std::int64_t{20}},
           {at("08:27"),
            text("fa3"),
            text("Url"),
            text(""),
            text(""),
            nlohmann::json("plain"),
            std::int64_t{5}}}};
}

auto cell_text(const value& cell) -> std::string {
  return hunting::kql::is_null(cell) ? "null" : hunting::kql::text_of(cell);
}

} // namespace

memory_table::memory_table(std::vector<column> columns, std::vector<row> cells)
    : rows(std::move(cells)), columns_(std::move(columns)) {}

auto memory_table::columns() const -> const std::vector<column>& {
  return columns_;
}

void memory_table::scan(const hunting::time_range& wanted,
                        const std::function<bool(const row&)>& sink) const {
  asked = wanted;
  visited = 0;
  for (const auto& each : rows) {
    ++visited;
    if (!sink(each)) {
      return;
    }
  }
}

auto memory_database::find(std::string_view name) const -> const hunting::table_source* {
  const auto found = tables.find(name);
  return found == tables.end() ? nullptr : &found->second;
}

auto at(std::string_view clock) -> seams::instant {
  return *hunting::kql::parse_datetime("2026-03-10T" + std::string(clock));
}

auto test_now() -> seams::instant {
  return at("12:00");
}

auto sample() -> const memory_database& {
  static const auto made = [] {
    auto all = memory_database();
    all.tables.emplace("UrlClickEvents", clicks());
    all.tables.emplace("EmailEvents", mails());
    all.tables.emplace("AlertInfo", alerts());
    all.tables.emplace("AlertEvidence", evidence());
    all.tables.emplace("Empty", memory_table(mails().columns(), {}));
    return all;
  }();
  return made;
}

auto run_on_sample(std::string_view query)
    -> boost::system::result<hunting::result_table, hunting::query_error> {
  return hunting::run(query, sample(), test_now(), hunting::time_range());
}

auto rows_of(std::string_view query) -> std::string {
  const auto made = run_on_sample(query);
  if (!made) {
    return "ERROR: " + made.error().message;
  }
  auto out = std::string();
  for (const auto& each : made->rows) {
    out += out.empty() ? "" : ";";
    for (auto place = std::size_t{0}; place < each.size(); ++place) {
      out += (place > 0 ? "," : "") + cell_text(each[place]);
    }
  }
  return out;
}

auto columns_of(std::string_view query) -> std::string {
  const auto made = run_on_sample(query);
  if (!made) {
    return "ERROR: " + made.error().message;
  }
  auto out = std::string();
  for (const auto& each : made->columns) {
    out += (out.empty() ? "" : ",") + each.name + ":" +
           std::string(hunting::kql::kusto_name(each.type));
  }
  return out;
}

auto printed(std::string_view expression) -> std::string {
  return rows_of("print x = " + std::string(expression));
}

auto error_of(std::string_view query) -> hunting::query_error {
  const auto made = run_on_sample(query);
  auto none = hunting::query_error();
  none.message = "no error";
  return made ? none : made.error();
}

} // namespace hunting_tests
