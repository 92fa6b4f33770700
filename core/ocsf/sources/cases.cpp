// Cases of triage, as `offtenant triage --json` prints them: our own findings over Microsoft's.
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

#include <fmt/format.h>

namespace core::ocsf {
namespace {

using nlohmann::json;

constexpr auto case_verdicts =
    std::to_array<word>({{"malicious", 2}, {"suspicious", 4}, {"benign", 5}, {"inconclusive", 7}});
constexpr auto case_priorities = std::to_array<word>({{"P1", 4}, {"P2", 3}, {"P3", 2}, {"P4", 1}});
constexpr auto case_severities = std::to_array<word>({{"P1", severity::high},
                                                      {"P2", severity::medium},
                                                      {"P3", severity::low},
                                                      {"P4", severity::informational}});

constexpr auto case_fields = std::to_array<field>({
    {"last", "time", as_time},
    {"first", "start_time", as_time},
    {"last", "end_time", as_time},
    {"first", "finding_info.first_seen_time", as_time},
    {"last", "finding_info.last_seen_time", as_time},
    {"id", "finding_info.uid"},
    {"id", "metadata.correlation_uid"},
    {"title", "finding_info.title"},
    {"title", "message"},
    {"verdict", "verdict_id", case_verdicts},
    {"confidence", "confidence_score", as_whole},
    {"priority", "priority_id", case_priorities},
    {"priority", "severity_id", case_severities},
});

void put_confidence_level(draft& of) {
  constexpr auto high_from = 75;
  constexpr auto medium_from = 40;
  const auto score = of.number("confidence_score");
  of.choose("confidence_id", score >= high_from ? 3 : score >= medium_from ? 2 : 1);
}

/// Triage names alerts "alert:<id>"; their own findings have the bare id.
void put_related(draft& of) {
  auto related = json::array();
  for (const auto& [list, type] : {std::pair("alerts", "microsoft.graph.security.alert"),
                                   std::pair("incidents", "microsoft.graph.security.incident")}) {
    for (const auto& one : of.list(list)) {
      const auto key = to_text(one).value_or("");
      related.push_back({{"uid", key.substr(key.find(':') + 1)}, {"type", type}});
    }
    of.take(list);
  }
  if (!related.empty()) {
    of.put("finding_info.related_events", std::move(related));
  }
}

void put_people(draft& of) {
  for (const auto& one : of.list("users")) {
    const auto name = record_view(one).text("upn");
    if (!name.empty()) {
      auto person = resource("", name, "user", role::affected);
      person["data"] = one;
      of.put("resources[]", std::move(person));
    }
  }
  of.take("users");
}

void put_links(draft& of) {
  for (const auto& one : of.list("urls")) {
    auto link = as_url(one);
    if (!link.is_null()) {
      of.put("evidences[]", {{"url", std::move(link)}});
    }
  }
}

void put_advice(draft& of) {
  auto lines = std::vector<std::string>();
  for (const auto& one : of.list("actions")) {
    const auto view = record_view(one);
    lines.push_back(view.text("name") + ": " + view.text("why"));
  }
  if (!lines.empty()) {
    of.put("remediation.desc", fmt::format("{}", fmt::join(lines, "\n")));
  }
}

auto shape_case(draft& of) -> std::optional<std::string> {
  constexpr auto rule = 1;
  constexpr auto opened = 1;
  constexpr auto resolved = 4;
  if (of.text("id").empty()) {
    return "a case without an id";
  }
  const auto ends = of.text("verdict") == "benign";
  of.is(classes::detection_finding, ends ? finding::close : finding::create);
  of.choose("status_id", ends ? resolved : opened);
  of.put("finding_info.analytic.name", "offtenant triage");
  of.put("finding_info.analytic.type_id", rule);
  put_confidence_level(of);
  put_related(of);
  put_people(of);
  put_links(of);
  put_advice(of);
  return std::nullopt;
}

constexpr auto case_identity = std::to_array<std::string_view>({"id"});

} // namespace

constinit const source sources::cases = {.name = "cases",
                                         .provider = "offtenant",
                                         .vendor = "offtenant",
                                         .product = "offtenant",
                                         .feature = "triage",
                                         .prefix = "case",
                                         .identity = case_identity,
                                         .time = "last",
                                         .fields = case_fields,
                                         .shape = shape_case};

} // namespace core::ocsf
